"""The soft rules: what each costs, as formulas that search and score follow to the unit."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each soft rule costs. The plan's cost is the plain sum over rules; names here are cost
    names.

    For each visit left out:
    - `unplaced`: `unplaced_must|should|want` by priority + `overdue_day` * `Visit.overdue_days`.

    For each placed visit that the published plan holds (q: published, p: now), if q and p differ:
    - `change`: factor * (`change_worker` * number of q's workers who are not in p
      + `change_day` if the day differs, else `change_time` if abs(q.start - p.start) > 30), where
      factor starts at 1, is multiplied by `soon_factor` if `now` is given and the earlier of the
      two starts (day * 1440 + start) is before now + 1440, and by `promised_factor` if the visit is
      `promised`. A published visit that is left out costs factor * `change_cancelled` on top
      of `unplaced`, its published start being the earlier one: with the defaults never less than
      giving it to another worker on another day.

    For each placed visit:
    - `not_primary`: the tenant has a `primary`, who is not among the workers.
    - `not_backup`: moreover (primary absent) the tenant has `backup`s and none of them is among the
      workers.
    - `introduction`: the tenant's `known` is not empty and none of the workers is in it: once per
      visit.
    - `language`: the tenant has `languages` and no worker present speaks any of them.
    - `gender`: the tenant has a `gender` wish that is not hard and no worker present has that
      gender.
    - `wanted`: the tenant has `wanted` workers and none of them is among the workers.
    - `unwanted`: times the number of workers present who are in the tenant's `unwanted`.
    - `preferred_slot`: the visit has `preferred` windows (on any day) and its first seat does not
      lie wholly inside one of them on its day.
    - `lateness`: times the minutes by which a seat starts later than `Visit.preferred_until`,
      summed over its seats.

    For each tenant with at least one visit in the problem, placed or not:
    - `rotation`: times max(0, `distinct` - size of (`seen` united with all workers placed with the
      tenant)).

    For each walked lane:
    - `travel`: times the minutes of all legs, from and back to the base included.
    - `waiting`: times the minutes between consecutive stops (not from the base to the first stop,
      not from the last one back) that are neither leg nor lunch: s - e - leg, minus the lunch's
      minutes in the one gap where it is taken. Zero by default.

    For each worker with `overload_after`:
    - `overload`: (`overload` * max(0, `carried` + load - `overload_after`)) // 5, where load is the
      sum of the minutes of the visits placed with the worker in the week.

    For the plan:
    - `largest_lateness`: times the largest of all those minutes later than `preferred_until`, of
      any seat of any placed visit; 0 where nothing is late.

    Hard rules that a team may soften. None: hard. A number: nothing is forbidden, and it costs
    - `limit`: times the visits above a worker's `max_visits`, for each worker and day.
    - `visiting`: times the minutes of visits above a worker's `visiting_limit`, for each worker.
    - `reserve`: times the minutes missing in the day's reserve, for each day with a placed visit.
    - `distinct`: for each tenant with a `max_distinct` and any worker placed who is not in `seen`:
      times max(0, size of (`seen` united with all workers placed) - `max_distinct`).
    - `spacing`: times the days missing, summed over all pairs of placed visits of a tenant, neither
      exempt: max(0, max(gap_days of both) - days between), and over all placed visits that are not
      exempt: max(0, gap_days - days since `last_contact`).
    """

    unplaced_must: int = 10000
    unplaced_should: int = 2000
    unplaced_want: int = 500
    overdue_day: int = 20
    change_worker: int = 80
    change_day: int = 60
    change_time: int = 20
    change_cancelled: int = 140
    soon_factor: int = 3
    promised_factor: int = 4
    not_primary: int = 30
    not_backup: int = 15
    introduction: int = 20
    language: int = 30
    gender: int = 15
    wanted: int = 20
    unwanted: int = 60
    preferred_slot: int = 20
    lateness: int = 1
    rotation: int = 40
    travel: int = 1
    waiting: int = 0
    overload: int = 1
    largest_lateness: int = 0
    limit: int | None = None
    visiting: int | None = None
    reserve: int | None = None
    distinct: int | None = None
    spacing: int | None = None
