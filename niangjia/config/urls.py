"""Where each line of work is found."""

from django.urls import include, path

from niangjia.config import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("niangjia.config.api")),
    path("", include("niangjia.kernel.web.urls")),
    path("", include("niangjia.kernel.web.worker.urls")),
    path("", include("niangjia.kernel.web.exports.urls")),
    path("", include("niangjia.kernel.web.messages.urls")),
    path("", include("niangjia.kernel.listing.urls")),
    path("", include("niangjia.kernel.search.urls")),
    path("", include("niangjia.kernel.files.urls")),
    path("", include("niangjia.kernel.evidence.urls")),
    path("", include("niangjia.kernel.privacy.urls")),
    path("", include("niangjia.kernel.accounts.urls")),
    path("", include("niangjia.kernel.workdays.urls")),
    path("", include("niangjia.kernel.parameters.urls")),
    path("", include("niangjia.kernel.cases.urls")),
    path("", include("niangjia.kernel.cases.notices.urls")),
    path("", include("niangjia.kernel.developers.urls")),
    path("", include("niangjia.registers.orgs.urls")),
    path("", include("niangjia.registers.orgs.reorganising.urls")),
    path("", include("niangjia.registers.employers.urls")),
    path("", include("niangjia.registers.employers.cover.urls")),
    path("", include("niangjia.registers.employers.targets.urls")),
    path("", include("niangjia.registers.employers.away.urls")),
    path("", include("niangjia.registers.members.verified.urls")),
    path("", include("niangjia.registers.members.clinic.urls")),
    path("", include("niangjia.registers.members.urls")),
    path("", include("niangjia.registers.members.transfers.urls")),
    path("", include("niangjia.registers.members.phone_changes.urls")),
    path("", include("niangjia.registers.members.joining.urls")),
    path("", include("niangjia.registers.members.merging.urls")),
    path("", include("niangjia.registers.members.regaining.urls")),
    path("", include("niangjia.registers.members.leaving.urls")),
    path("", include("niangjia.registers.members.roster.urls")),
    path("", include("niangjia.registers.households.urls")),
    path("", include("niangjia.registers.founding.urls")),
    path("", include("niangjia.registers.founding.legal.urls")),
    path("", include("niangjia.registers.committees.urls")),
    path("", include("niangjia.registers.committees.elections.urls")),
    path("", include("niangjia.registers.committees.motions.urls")),
    path("", include("niangjia.registers.cards.urls")),
    path("", include("niangjia.registers.cadres.urls")),
    path("", include("niangjia.registers.cadres.haves.urls")),
    path("", include("niangjia.registers.cadres.handing.urls")),
    path("", include("niangjia.services.requests.urls")),
    path("", include("niangjia.services.requests.for_employers.urls")),
]

handler400 = "niangjia.kernel.web.errors.bad_request"
handler403 = "niangjia.kernel.web.errors.refused"
handler404 = "niangjia.kernel.web.errors.not_found"
handler429 = "niangjia.kernel.web.errors.too_many"
handler500 = "niangjia.kernel.web.errors.server_error"
