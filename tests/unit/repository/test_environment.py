"""What two packages state must be the same, since neither may import the other."""

from model_tf.native import ENVIRONMENT
from trainer.cli import TENSORFLOW_ENVIRONMENT


def test_a_network_is_served_as_it_was_trained() -> None:
    assert ENVIRONMENT == TENSORFLOW_ENVIRONMENT
