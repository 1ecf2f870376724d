"""The institution, and what its people can do."""

from datetime import date

from tests.factories.numbers import numbers

from keqiao.accounts.models import User
from keqiao.organisation.models import (
    Competence,
    Expert,
    Institution,
    Post,
    StaffCompetence,
    StaffProfile,
    Undertaking,
)


def institution(*, name: str = "示例服务中心（虚构）") -> Institution:
    return Institution.objects.first() or Institution.objects.create(name=name)


def competence(*, name: str = "") -> Competence:
    n = next(numbers)
    return Competence.objects.create(code=f"example-{n}", name=name or f"示例能力{n}")


def able(*, user: User, competence: Competence, evidence: str = "示例证书") -> StaffCompetence:
    return StaffCompetence.objects.create(
        user=user, competence=competence, valid_from=date(2020, 1, 1), evidence=evidence
    )


def post(*, name: str = "") -> Post:
    return Post.objects.create(name=name or f"示例岗位{next(numbers)}")


def profile(*, user: User, post: Post) -> StaffProfile:
    return StaffProfile.objects.create(user=user, post=post, since=date(2020, 1, 1))


def pool_expert(*, name: str = "", user: User | None = None) -> Expert:
    return Expert.objects.create(name=name or f"示例专家{next(numbers)}", fields="新材料", user=user)


def undertaking(*, user: User) -> Undertaking:
    return Undertaking.objects.create(user=user, signed_on=date(2020, 1, 1), text_version="1")
