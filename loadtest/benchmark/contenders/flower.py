"""The input, with the same validation as our gateway's: four finite numbers, and nothing else."""

from pydantic import BaseModel, ConfigDict


class Flower(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False)

    sepal_length: float
    sepal_width: float
    petal_length: float
    petal_width: float
