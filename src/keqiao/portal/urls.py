"""Bespoke addresses."""

from django.urls import URLPattern, path

from keqiao.portal.pages import commission, material, plan, public

urlpatterns: list[URLPattern] = [
    path("public/", public.landing, name="public"),
    path("commission/", commission.families, name="portal-commission"),
    path("commission/need/", commission.need, name="portal-need"),
    path("commission/check/", commission.check, name="portal-check"),
    path("commission/<str:code>/", commission.items, name="portal-items"),
    path("engagements/<int:pk>/material/", material.material_page, name="portal-material"),
    path("engagements/<int:pk>/plan/", plan.plan_page, name="portal-plan"),
]
