"""The Open Inference Protocol V2, REST. Source: https://github.com/kserve/open-inference-protocol."""
