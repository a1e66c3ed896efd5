"""`GET /models` and `GET /dataset`: what is being served."""

from fastapi import APIRouter
from serving.errors import NotFound
from serving.openapi import problems

from gateway.active_release import ActiveRelease
from gateway.member import Member
from gateway.messages import Dataset, ModelCard, Models

_ABSENT = {503: "there is no release yet"}


def release_router(releases: ActiveRelease) -> APIRouter:
    router = APIRouter(tags=["Release"])

    @router.get("/models", response_model_exclude_none=True, responses=problems(_ABSENT))
    async def models() -> Models:
        """The release's features and classes, and each model's card and status."""
        release = releases.current
        manifest = release.manifest
        return Models(
            release=release.id,
            created=manifest.created.isoformat(),
            data=manifest.data,
            features=list(manifest.features),
            classes=list(manifest.classes),
            models=[_card(member) for member in release.members],
            sample=release.dataset is not None,
            libraries=manifest.libraries,
            comparison=manifest.comparison,
            intended_use=list(manifest.card.intended_use) if manifest.card else [],
            limits=list(manifest.card.limits) if manifest.card else [],
        )

    @router.get("/dataset", responses=problems({404: "it was published without a sample"} | _ABSENT))
    async def dataset() -> Dataset:
        """At most 1,000 of the training rows, with each model's out-of-fold prediction."""
        found = releases.current.dataset
        if found is None:
            raise NotFound("this release was published without a sample of its table")
        return found

    def _card(member: Member) -> ModelCard:
        why = releases.unready(member)
        model = member.model
        return ModelCard(
            name=member.name,
            framework=model.framework if model else None,
            status="unavailable" if why else "ready",
            error=why,
            version=member.version,
            engine=releases.engine(member),
            engines_refused=releases.engines_refused(member),
            parameters=model.parameters if model else {},
            metrics=model.metrics if model else None,
            limits=list(model.limits) if model else [],
        )

    return router
