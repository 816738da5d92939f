"""What an appointment asks: somebody along, from the pick-up to the end place."""

from scheduling.weeks import to_slot
from service.people.facts import AppointmentFacts, TenantFacts
from service.rounds.needs.need import Need, WeekFrame
from service.rounds.states import Priority, VisitKind


def appointment_need(
    tenant: TenantFacts, appointment: AppointmentFacts, frame: WeekFrame
) -> Need | None:
    """The accompaniment, begun early enough for the way; None where it is not in the week."""
    day, at = to_slot(frame.monday, appointment.starts_at)
    if not 0 <= day < 7 or not tenant.support.holds(frame.day(day)):
        return None
    grid = frame.policy.grid
    there = frame.ride(appointment.pick_up, appointment.place) if appointment.pick_up else 0
    back = frame.ride(appointment.place, appointment.end_place) if appointment.end_place else 0
    start = max(0, (at - there) // grid * grid)
    minutes = frame.on_grid(at - start + appointment.minutes + back)
    return Need(
        key=f"{tenant.code}:app:{appointment.id}",
        tenant=tenant.id,
        tenant_code=tenant.code,
        kind=VisitKind.ACCOMPANIMENT,
        priority=Priority.MUST,
        minutes=min(minutes, 1440 - start),
        place=appointment.place,
        windows=((),) * 7,
        workers_needed=max(appointment.workers_needed, 2 if tenant.flagged else 1),
        disciplines=(appointment.discipline,) if appointment.discipline else (),
        exempt=True,
        pick_up=appointment.pick_up,
        end_place=appointment.end_place,
        fixed=(day, start),
        appointment=appointment.id,
        resources=appointment.resources,
    )
