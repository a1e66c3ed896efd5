"""The models of a release, in the order in which they are shown."""

from sklearn.ensemble import RandomForestClassifier
from sklearn.neighbors import KNeighborsClassifier

from trainer.estimator import Estimator
from trainer.network import Network
from trainer.recipe import SEED
from trainer.trainable import Trainable

MODELS: tuple[Trainable, ...] = (
    Estimator("random_forest", RandomForestClassifier(random_state=SEED, n_jobs=1)),
    Estimator("k_neighbors", KNeighborsClassifier(n_neighbors=5, n_jobs=1)),
    Network("neural_network", hidden=(64, 32), epochs=20, seed=SEED),
)
