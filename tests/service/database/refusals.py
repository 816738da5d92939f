"""What breaks each rule of the database, starting from `WORLD`: rule -> statement."""

PERIODS = {
    "team_memberships": "starts_on",
    "working_patterns": "starts_on",
    "assignments": "starts_on",
    "incomes": "starts_on",
    "stays": "starts_on",
    "agreements": "starts_on",
    "agreement_pauses": "starts_on",
    "series": "starts_on",
    "exclusions": "starts_on",
    "leases": "starts_on",
}

BREAKS: dict[str, str] = {
    # Ends on the day it starts: nothing is left of it.
    **{
        f"{table}_end_after_start": f"update {table} set ends_on = {start} where id = 1"
        for table, start in PERIODS.items()
    },
    "tenancies_end_after_start": (
        "update tenancies set ends_on = starts_on, end_reason = 'lost' where id = 1"
    ),
    "workers_end_after_start": "update workers set employed_to = employed_from where id = 1",
    "absences_end_after_start": "update absences set ends_at = starts_at",
    "visits_end_after_start": "update visits set ends_at = starts_at where id = 1",
    "published_visits_end_after_start": "update published_visits set ends_at = starts_at",
    "published_stops_end_after_start": "update published_stops set ends_at = starts_at",
    # Teams and workers.
    "workers_contract_in_percent": "update workers set contract_percent = 0",
    "workers_visiting_share_in_percent": "update workers set visiting_share_percent = 101",
    "workers_visit_once_a_day": "update workers set max_visits_per_day = 0",
    "team_memberships_no_overlap": (
        "insert into team_memberships (worker, team, starts_on) values (1, 1, '2026-01-01')"
    ),
    "working_patterns_no_overlap": (
        "insert into working_patterns (worker, starts_on, cycle_starts_on)"
        " values (1, '2026-01-01', '2026-01-05')"
    ),
    "working_patterns_cycle_weeks": "update working_patterns set cycle_weeks = 9",
    "working_patterns_cycle_starts_on_monday": (
        "update working_patterns set cycle_starts_on = '2020-01-07'"
    ),
    "working_hours_weekday": "update working_hours set weekday = 8 where id = 1",
    "working_hours_cycle_week": "update working_hours set cycle_week = -1 where id = 1",
    "working_hours_within_the_day": "update working_hours set to_minute = 1441 where id = 2",
    "working_hours_no_overlap": "update working_hours set to_minute = 725 where id = 1",
    # Scopes and fates of plan runs, one worker by decision, who has seen their week.
    "plan_runs_one_scope": "update plan_runs set only_day = '2026-01-06', only_worker = 1",
    "plan_runs_day_in_week": "update plan_runs set only_day = '2026-01-12'",
    "plan_runs_repair_whole_weeks": "update plan_runs set kind = 'repair', only_worker = 1",
    "plan_runs_applied_or_discarded": (
        "update plan_runs set applied_at = now(), discarded_at = now()"
    ),
    "plan_runs_version_when_applied": "update plan_runs set applied_version = 3",
    "visits_one_worker_where_one_is_needed": "update visits set one_worker = true where id = 2",
    "roster_views_week_monday": "update roster_views set week = '2026-01-06'",
    "roster_views_once_per_worker_week": (
        "insert into roster_views (worker, week, opened_at) values (1, '2026-01-05', now())"
    ),
    # Tokens.
    "access_tokens_scopes_known": "update access_tokens set scopes = '{tenants:delete}'",
    "access_tokens_end_after_start": "update access_tokens set expires_at = created_at",
    "access_tokens_a_year_at_most": (
        "update access_tokens set expires_at = created_at + interval '367 days'"
    ),
    "access_tokens_hash_whole": "update access_tokens set token_hash = 'short'",
    "access_tokens_named": "update access_tokens set name = ''",
    # Lone-worker checks, no-contact alerts, morning meetings.
    "safety_settings_ladder_in_order": "update safety_settings set lead_minutes = 19",
    "safety_settings_within_reason": "update safety_settings set sooner_days = 8",
    "lone_checks_others_told": "update lone_checks set on_call = 1",
    "lone_checks_buddy_is_not_lead": "update lone_checks set buddy = 3",
    "lone_checks_ended_with_its_kind": "update lone_checks set ended_at = started_at",
    "lone_checks_end_after_start": (
        "update lone_checks set end_kind = 'safe', ended_at = started_at - interval '1 second'"
    ),
    "lone_checks_once_per_worker": (
        "insert into lone_checks (worker, team, started_at, ends_at, due_minutes, buddy_minutes,"
        " lead_minutes, on_call_minutes, buddy, lead, on_call)"
        " values (1, 1, now(), now(), 15, 20, 30, 45, 2, 3, 3)"
    ),
    "lone_check_steps_ladder_counts": (
        "insert into lone_check_steps (lone_check, kind, at) values (1, 'buddy', now())"
    ),
    "lone_check_steps_once_per_lone_check_kind_counted_from": (
        "insert into lone_check_steps (lone_check, kind, at, counted_from)"
        " values (1, 'due', now(), '2026-01-05 09:45+00')"
    ),
    "lone_check_steps_kind_known": (
        "insert into lone_check_steps (lone_check, kind, at) values (1, '?', now())"
    ),
    "contact_alert_steps_kind_known": (
        "insert into contact_alert_steps (alert, kind, at) values (1, '?', now())"
    ),
    "contact_alerts_closed_with_its_reason": "update contact_alerts set closed_at = now()",
    "contact_alerts_counts_not_negative": "update contact_alerts set missed = -1",
    "contact_alerts_once_per_tenant": (
        "insert into contact_alerts (tenant, team, cause, days, missed, opened_at)"
        " values (1, 1, 'missed', 2, 3, now())"
    ),
    "risk_events_once_per_tenant_kind_happened_on": (
        "insert into risk_events (tenant, kind, happened_on, noted_at)"
        " values (1, 'overdose', '2026-01-05', now())"
    ),
    "day_wishes_once_per_team_tenant_day": (
        "insert into day_wishes (team, tenant, day, kind, asked_at)"
        " values (1, 1, '2026-01-05', 'not', now())"
    ),
    # Duties and resources.
    "duty_slots_disciplines_known": "update duty_slots set disciplines = '{plumber}'",
    "duty_slots_end_after_start": "update duty_slots set ends_at = starts_at",
    "duty_slots_two_days_at_most": (
        "update duty_slots set ends_at = starts_at + interval '49 hours' where id = 2"
    ),
    "duty_slots_held_by_somebody": "update duty_slots set held = true, worker = null",
    "duty_slots_called_off_without_worker": "update duty_slots set state = 'called_off'",
    "duty_slots_published_at": "update duty_slots set changed_at = null where id = 1",
    "duty_slots_once_per_team_key": "update duty_slots set key = 'same'",
    "duty_slots_no_overlap": (
        "update duty_slots set worker = 2, starts_at = '2026-01-06 15:00+00',"
        " ends_at = '2026-01-06 16:05+00' where id = 1"
    ),
    "resources_code_plain": "update resources set code = 'the big car'",
    "resources_available_not_negative": "update resources set available = -1",
    "resources_end_after_start": "update resources set ends_on = '2019-01-01'",
    "resources_no_overlap": "update resources set team = 1",
    "appointment_resources_once_per_appointment_resource": (
        "insert into appointment_resources (appointment, resource) values (1, 1)"
    ),
    # Tenants.
    "tenants_dates_in_order": "update tenants set accepted_on = '2023-12-31' where id = 1",
    "tenants_end_reason_with_end": "update tenants set end_reason = 'died' where id = 1",
    "assignments_no_overlap": (
        "insert into assignments (tenant, team, starts_on) values (1, 1, '2025-01-01')"
    ),
    "incomes_no_overlap": (
        "insert into incomes (tenant, kind, starts_on) values (1, 'pension', '2025-01-01')"
    ),
    "stays_no_overlap": (
        "insert into stays (tenant, kind, place, starts_on) values (1, 'hospital', 1, '2026-02-01')"
    ),
    "stays_home_by_tenancy": "update stays set tenancy = null where id = 1",
    "agreements_disciplines_known": "update agreements set disciplines = '{nurse,plumber}'",
    "agreements_positive": "update agreements set contacts = 0",
    "agreements_one_or_two_workers": "update agreements set workers_needed = 3",
    "agreements_no_overlap": (
        "insert into agreements (tenant, starts_on, contacts, longest_gap_days, minutes)"
        " values (1, '2025-01-01', 1, 10, 45)"
    ),
    "worker_wishes_once_per_agreement_worker": (
        "insert into worker_wishes (agreement, worker, wish) values (1, 1, 'unwanted')"
    ),
    "series_weekdays_or_interval": (
        "update series set interval_days = 7, anchor_on = starts_on where id = 1"
    ),
    "series_interval_with_anchor": "update series set anchor_on = null where id = 2",
    "series_weekdays": "update series set weekdays = '{1,8}' where id = 1",
    "series_positive": "update series set tolerance_days = -1 where id = 1",
    "series_one_or_two_workers": "update series set workers_needed = 0",
    "series_window_within_the_day": "update series set from_minute = 540 where id = 1",
    "exclusions_of_two": "update exclusions set place = 1",
    "safety_flags_review_after_raising": "update safety_flags set review_on = '2024-12-31'",
    "safety_flags_lifted_with_reason": "update safety_flags set lifted_on = '2025-05-01'",
    "safety_flags_once_per_tenant": (
        "insert into safety_flags (tenant, raised_on, review_on)"
        " values (1, '2026-01-01', '2026-04-01')"
    ),
    "ethos_observations_category": "update ethos_observations set category = 14",
    "ethos_observations_once_per_tenant_observed_on_occasion": (
        "insert into ethos_observations (tenant, observed_on, category, occasion)"
        " values (1, '2024-02-01', 2, 'entry')"
    ),
    "exclusions_review_after_start": "update exclusions set review_on = '2024-01-31'",
    "appointments_positive": "update appointments set minutes = 0",
    "appointments_one_or_two_workers": "update appointments set workers_needed = 3",
    # Homes.
    "leases_money_not_negative": "update leases set charges_cents = -1 where id = 1",
    "leases_sub_lease_under_head_lease": "update leases set head_lease = null where id = 2",
    "tenancies_end_reason_with_end": "update tenancies set end_reason = null where id = 2",
    "tenancies_one_main_per_tenant": (
        "insert into tenancies (tenant, dwelling, shared, starts_on)"
        " values (1, 2, true, '2026-01-01')"
    ),
    "tenancies_one_main_per_dwelling": (
        "insert into tenancies (tenant, dwelling, shared, starts_on)"
        " values (2, 1, false, '2026-01-01')"
    ),
    "tenancies_shared_as_dwelling": "update tenancies set shared = true where id = 1",
    "moves_to_home_by_kind": "update moves set to_tenancy = null where id = 1",
    "moves_from_home_by_kind": "update moves set from_tenancy = null where id = 2",
    # Weeks.
    "plan_runs_week_is_monday": "update plan_runs set week = '2026-01-06'",
    "plan_runs_done_with_plan": "update plan_runs set state = 'done', plan = '{}', cost = 1",
    "plan_runs_once_per_team_week": (
        "insert into plan_runs (team, week, state, requested_at)"
        " values (1, '2026-01-05', 'running', now())"
    ),
    "rosters_week_is_monday": "update rosters set week = '2026-01-06'",
    "rosters_once_per_team_week": (
        "insert into rosters (team, week, updated_at) values (1, '2026-01-05', now())"
    ),
    "visits_placed_with_times": "update visits set state = 'placed' where id = 3",
    "visits_minutes_positive": "update visits set minutes = 0",
    "visits_one_or_two_workers": "update visits set workers_needed = 0",
    "visits_once_per_roster_need": "update visits set need = 'n1' where id = 2",
    "visit_workers_once_per_visit_worker": "update visit_workers set worker = 1 where id = 3",
    "visit_workers_once_per_visit_seat": "update visit_workers set seat = 0 where id = 3",
    "visit_workers_seat": "update visit_workers set seat = 2 where id = 3",
    "published_visits_cancelled_at": "update published_visits set cancelled_at = now()",
    "published_visits_one_or_two_workers": "update published_visits set workers_needed = 3",
    "published_stops_cancelled_at": "update published_stops set cancelled_at = now()",
    "published_stops_seat": "update published_stops set seat = 2 where id = 3",
    "published_stops_once_per_published_visit_worker": (
        "update published_stops set worker = 1 where id = 3"
    ),
    "published_stops_no_overlap": """
        update published_visits set starts_at = '2026-01-05 09:30+00' where id = 2;
        update published_stops set starts_at = '2026-01-05 09:30+00' where published_visit = 2
    """,
    # Encounters.
    "encounters_reasons_known": "update encounters set reasons = '{housing,weather}'",
    "encounters_minutes_not_negative": "update encounters set minutes = -1",
    "encounters_recorded_after_beginning": (
        "update encounters set recorded_at = '2026-01-05 08:59+00'"
    ),
    "encounters_version_positive": "update encounters set version = 0",
    "encounters_once_per_client_id": (
        "insert into encounters (tenant, team, kind, outcome, starts_at, minutes, recorded_at,"
        " client_id) select tenant, team, kind, outcome, starts_at, minutes, recorded_at, client_id"
        " from encounters"
    ),
    "encounters_once_per_visit": (
        "insert into encounters (tenant, team, visit, kind, outcome, starts_at, minutes,"
        " recorded_at) select tenant, team, visit, kind, outcome, starts_at, minutes, recorded_at"
        " from encounters"
    ),
    "encounter_supplies_pieces": "update encounter_supplies set pieces = 0",
    "encounter_supplies_once_per_encounter_kind": (
        "insert into encounter_supplies (encounter, kind, pieces) values (1, 'condoms', 1)"
    ),
    "encounter_corrections_once_per_encounter_version": (
        "insert into encounter_corrections (encounter, version, before, corrected_at)"
        " values (1, 1, '{}', now())"
    ),
    "visit_marks_once_per_visit_worker_kind": (
        "insert into visit_marks (visit, worker, kind, at) values (1, 1, 'arrived', now())"
    ),
    "retry_wishes_once_per_visit": (
        "insert into retry_wishes (visit, wished_at) values (1, now())"
    ),
    "encounter_workers_once_per_encounter_worker": (
        "insert into encounter_workers (encounter, worker) values (1, 1)"
    ),
    # Accounts, feeds, clock.
    "accounts_login_lower_case": "update accounts set login = 'W1'",
    "account_roles_team_by_role": "update account_roles set team = null where id = 1",
    "account_roles_once_per_account_role_team": (
        "insert into account_roles (account, role) values (1, 'coordinator')"
    ),
    "sessions_expire_after_creation": "update sessions set expires_at = created_at",
    "feeds_of_worker_or_team": "update feeds set team = 1",
    "feeds_revoked_at": "update feeds set state = 'revoked'",
    "feed_versions_of_worker_or_team": "update feed_versions set worker = null",
    "draft_steps_before_and_after": "update draft_steps set after = '[]'",
    "draft_steps_once_per_roster_version": (
        "insert into draft_steps (roster, version, kind, visit, before, after, made_by)"
        " values (1, 2, 'pin', 1, '[]', '[]', 1)"
    ),
    # Notices.
    "lost_duties_once_per_slot_worker": (
        "insert into lost_duties (slot, worker, starts_at, ends_at, cancelled_at)"
        " select slot, worker, starts_at, ends_at, cancelled_at from lost_duties"
    ),
    "lost_duties_end_after_start": "update lost_duties set ends_at = starts_at",
    "notices_once_per_account_key": "update notices set key = 'absence:1' where id = 2",
    "notices_path_is_here": "update notices set path = '//elsewhere.example'",
    "push_subscriptions_key_whole": "update push_subscriptions set public_key = 'short'",
    "push_subscriptions_secret_whole": "update push_subscriptions set secret = 'short'",
    "notice_deliveries_once_per_notice_channel_subscription": (
        "insert into notice_deliveries (notice, channel, due_at) values (1, 'email', now())"
    ),
    "notice_deliveries_push_to_a_browser": (
        "update notice_deliveries set subscription = null where id = 2"
    ),
    "notice_deliveries_ended_when_over": "update notice_deliveries set state = 'sent'",
    "notice_deliveries_claimed_when_sending": "update notice_deliveries set state = 'sending'",
    "notice_deliveries_attempts_not_negative": "update notice_deliveries set attempts = -1",
    "notice_choices_once_per_account_kind": (
        "insert into notice_choices (account, kind) values (1, 'absence')"
    ),
    "notice_settings_email_plausible": "update notice_settings set email = 'somebody'",
    "notice_settings_confirmed_an_address": "update notice_settings set email = null",
    "notice_settings_code_with_its_hour": "update notice_settings set code_sent_at = now()",
    "clock_ticks_once_per_job_due_at": (
        "insert into clock_ticks (job, due_at, enqueued_at)"
        " values ('draft', '2026-01-01 16:00+00', now())"
    ),
}
# A published visit and its workers, judged at the commit: what happened -> statement.
LONE_PAIRS = {
    "a pair loses a worker": "delete from published_stops where id = 3",
    "a pair keeps one confirmed worker": (
        "update published_stops set state = 'cancelled', cancelled_at = now() where id = 3"
    ),
    "a visit is published with nobody": (
        "insert into published_visits (visit, place, starts_at, ends_at, changed_at)"
        " values (3, 1, '2026-01-06 09:00+00', '2026-01-06 09:15+00', now())"
    ),
    "a second worker is asked and not given": (
        "update published_visits set workers_needed = 2 where id = 1"
    ),
    "a worker too many": (
        "insert into published_stops"
        " (published_visit, worker, seat, starts_at, ends_at, changed_at)"
        " values (1, 2, 1, '2026-01-05 09:00+00', '2026-01-05 09:45+00', now())"
    ),
    "a worker comes later": (
        "update published_stops set starts_at = '2026-01-05 10:15+00' where id = 3"
    ),
    "the visit moves alone": (
        "update published_visits set ends_at = '2026-01-05 10:50+00' where id = 2"
    ),
    "a cancelled visit keeps its workers": (
        "update published_visits set state = 'cancelled', cancelled_at = now() where id = 1"
    ),
}

# What must stay possible: what happens -> statements of one transaction.
ACCEPTED = {
    "another worker takes a visit": "update published_stops set worker = 2 where id = 1",
    "two visits of a worker change times": """
        update published_visits set starts_at = '2026-01-05 10:00+00',
            ends_at = '2026-01-05 10:45+00' where id = 1;
        update published_stops set starts_at = '2026-01-05 10:00+00',
            ends_at = '2026-01-05 10:45+00' where id = 1;
        update published_visits set starts_at = '2026-01-05 09:00+00',
            ends_at = '2026-01-05 09:45+00' where id = 2;
        update published_stops set starts_at = '2026-01-05 09:00+00',
            ends_at = '2026-01-05 09:45+00' where published_visit = 2
    """,
    "a pair is cancelled whole": """
        update published_visits set state = 'cancelled', cancelled_at = now() where id = 2;
        update published_stops set state = 'cancelled', cancelled_at = now()
            where published_visit = 2
    """,
    "a second tenant in a shared home": (
        "update tenancies set ends_on = null, end_reason = null where id = 2"
    ),
    "a tenancy the day the last one ends": """
        update tenancies set ends_on = '2026-01-01', end_reason = 'moved' where id = 1;
        insert into tenancies (tenant, dwelling, shared, starts_on)
            values (1, 1, false, '2026-01-01')
    """,
    "a second home that is not the main one": (
        "insert into tenancies (tenant, dwelling, shared, main, starts_on)"
        " values (1, 2, true, false, '2026-01-01')"
    ),
    "a new run after the last one failed": """
        update plan_runs set state = 'failed' where id = 1;
        insert into plan_runs (team, week, requested_at) values (1, '2026-01-05', now())
    """,
    "a flag after the last one was lifted": """
        update safety_flags set lifted_on = '2025-05-01', lifted_by = 1, lift_reason = 'r';
        insert into safety_flags (tenant, raised_on, review_on)
            values (1, '2026-01-01', '2026-04-01')
    """,
    "the lead of two teams": (
        "insert into account_roles (account, role, team)"
        " values (1, 'team_lead', 1), (1, 'team_lead', 2)"
    ),
}
