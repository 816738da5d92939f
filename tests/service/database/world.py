"""One row of every table, all accepted: what the tests of the database's rules break."""

WORLD = """
insert into municipalities values ('21010', 'Jette', 'Jette', '1090');
insert into places (id, kind, municipality, lat, lon, updated_at) values
    (1, 'home', '21010', 50.88, 4.33, now()), (2, 'home', '21010', 50.87, 4.32, now());
insert into teams (id, code, name, kind) values (1, 'ACT', 'ACT', 'act'), (2, 'ICM', 'ICM', 'icm');
insert into workers (id, code, first_name, last_name, name_key, discipline, gender, employed_from)
    values (1, 'W1', 'a', 'b', 'b a', 'nurse', 'f', '2020-01-01'),
           (2, 'W2', 'c', 'd', 'd c', 'educator', 'x', '2020-01-01');
insert into team_memberships (id, worker, team, starts_on) values (1, 1, 1, '2020-01-01');
insert into working_patterns (id, worker, starts_on, cycle_starts_on)
    values (1, 1, '2020-01-06', '2020-01-06');
insert into working_hours (id, pattern, weekday, from_minute, to_minute)
    values (1, 1, 1, 540, 720), (2, 1, 1, 720, 1020);
insert into absences (id, worker, starts_at, ends_at)
    values (1, 1, '2026-01-05 08:00+00', '2026-01-05 16:00+00');
insert into tenants (id, code, first_name, last_name, name_key, birth_date, gender, funder,
        referred_on, accepted_on, ended_on, end_reason)
    values (1, 'T1', 'e', 'f', 'f e', '1980-01-01', 'm', 'cocom', '2024-01-01', '2024-02-01',
            null, null),
           (2, 'T2', 'g', 'h', 'h g', '1970-01-01', 'f', 'cocom', '2023-01-01', '2023-02-01',
            '2026-01-01', 'ended'),
           (3, 'T3', 'i', 'j', 'j i', '1990-01-01', 'x', 'cocom', '2025-01-01', null, null, null);
insert into accounts (id, login, password_hash, worker, created_at) values (1, 'w1', '-', 1, now());
insert into account_roles (id, account, role, team)
    values (1, 1, 'worker', 1), (2, 1, 'coordinator', null);
insert into sessions (id, token_hash, csrf_token, account, created_at, last_seen_at, expires_at)
    values (1, 't', 'c', 1, '2026-01-05 08:00+00', now(), '2026-01-05 20:00+00');
insert into feeds (id, owner, worker, device, language, token_hash, created_at)
    values (1, 1, 1, 'phone', 'fr', 'h', now());
insert into feed_versions (id, worker, changed_at) values (1, 1, now());
insert into landlords (id, name, kind) values (1, 'l', 'private');
insert into dwellings (id, code, place, landlord, shared)
    values (1, 'D1', 1, 1, false), (2, 'D2', 2, 1, true);
insert into leases (id, dwelling, kind, level, head_lease, starts_on, rent_cents)
    values (1, 1, 'main_residence', 'head', null, '2024-01-01', 70000),
           (2, 1, 'glissant', 'sub', 1, '2024-01-01', 60000);
insert into tenancies (id, tenant, dwelling, lease, main, shared, starts_on, ends_on, end_reason)
    values (1, 1, 1, 2, true, false, '2024-03-01', null, null),
           (2, 2, 2, null, true, true, '2023-03-01', '2026-01-01', 'moved'),
           (3, 3, 2, null, true, true, '2025-03-01', null, null);
insert into stays (id, tenant, kind, tenancy, place, starts_on)
    values (1, 1, 'home', 1, 1, '2024-03-01'), (2, 1, 'hospital', null, 2, '2026-01-01');
insert into assignments (id, tenant, team, starts_on) values (1, 1, 1, '2024-02-01');
insert into agreements (id, tenant, starts_on, contacts, longest_gap_days, minutes, disciplines)
    values (1, 1, '2024-02-01', 1, 10, 45, '{nurse}');
insert into agreement_pauses (id, agreement, starts_on, ends_on)
    values (1, 1, '2026-01-01', '2026-01-05');
insert into worker_wishes (id, agreement, worker, wish) values (1, 1, 1, 'wanted');
insert into series (id, tenant, kind, starts_on, weekdays, interval_days, anchor_on, minutes)
    values (1, 1, 'medication', '2024-02-01', '{1,4}', null, null, 15),
           (2, 1, 'depot', '2024-02-01', '{}', 14, '2024-02-05', 30);
insert into exclusions (id, worker, tenant, starts_on) values (1, 2, 1, '2024-02-01');
insert into safety_flags (id, tenant, raised_on, review_on)
    values (1, 1, '2025-01-01', '2025-04-01');
insert into incomes (id, tenant, kind, starts_on) values (1, 1, 'pension', '2024-01-01');
insert into appointments (id, tenant, kind, place, starts_at, minutes)
    values (1, 1, 'court', 2, '2026-01-06 09:00+00', 60);
insert into duty_slots (id, uid, team, key, kind, starts_at, ends_at, disciplines, worker,
        published_worker, changed_at, updated_at)
    values (1, gen_random_uuid(), 1, 'evening.2026-01-05', 'evening', '2026-01-05 16:00+00',
            '2026-01-05 21:00+00', '{nurse}', 1, 1, now(), now()),
           (2, gen_random_uuid(), 1, 'evening.2026-01-06', 'evening', '2026-01-06 16:00+00',
            '2026-01-06 21:00+00', '{}', 2, null, null, now());
insert into resources (id, team, code, kind, available, starts_on)
    values (1, 1, 'car', 'car', 1, '2020-01-01'), (2, 2, 'car', 'car', 1, '2020-01-01');
insert into appointment_resources (id, appointment, resource) values (1, 1, 1);
insert into moves (id, tenant, kind, happens_on, from_tenancy, to_tenancy)
    values (1, 1, 'first_move_in', '2024-03-01', null, 1),
           (2, 2, 'to_street', '2026-01-01', 2, null);
insert into plan_runs (id, team, week, requested_at) values (1, 1, '2026-01-05', now());
insert into rosters (id, team, week, updated_at) values (1, 1, '2026-01-05', now());
insert into visits (id, uid, roster, need, tenant, kind, priority, place, minutes, workers_needed,
        state, starts_at, ends_at, updated_at)
    values (1, gen_random_uuid(), 1, 'n1', 1, 'home_visit', 'should', 1, 45, 1, 'placed',
            '2026-01-05 09:00+00', '2026-01-05 09:45+00', now()),
           (2, gen_random_uuid(), 1, 'n2', 1, 'home_visit', 'must', 1, 45, 2, 'placed',
            '2026-01-05 10:00+00', '2026-01-05 10:45+00', now()),
           (3, gen_random_uuid(), 1, 'n3', 1, 'depot', 'want', 1, 15, 1, 'waiting', null, null,
            now());
insert into visit_workers (id, visit, worker, seat) values (1, 1, 1, 0), (2, 2, 1, 0), (3, 2, 2, 1);
insert into published_visits (id, visit, place, workers_needed, starts_at, ends_at, changed_at)
    values (1, 1, 1, 1, '2026-01-05 09:00+00', '2026-01-05 09:45+00', now()),
           (2, 2, 1, 2, '2026-01-05 10:00+00', '2026-01-05 10:45+00', now());
insert into published_stops (id, published_visit, worker, seat, starts_at, ends_at, changed_at)
    values (1, 1, 1, 0, '2026-01-05 09:00+00', '2026-01-05 09:45+00', now()),
           (2, 2, 1, 0, '2026-01-05 10:00+00', '2026-01-05 10:45+00', now()),
           (3, 2, 2, 1, '2026-01-05 10:00+00', '2026-01-05 10:45+00', now());
insert into roster_changes (id, roster, revision, visit, kind, changed_at)
    values (1, 1, 1, 1, 'new', now());
insert into encounters (id, tenant, team, visit, kind, outcome, starts_at, minutes, reasons,
        recorded_at, client_id)
    values (1, 1, 1, 1, 'home_visit', 'done', '2026-01-05 09:00+00', 45, '{housing}',
            '2026-01-05 12:00+00', '0b6c2a52-6f4e-4d0e-9a6f-3f2a4b1c0001');
insert into encounters (id, tenant, team, kind, outcome, starts_at, minutes, recorded_at)
    values (2, 1, 1, 'at_door', 'done', '2026-01-06 09:00+00', 10, '2026-01-06 12:00+00');
insert into encounter_workers (id, encounter, worker) values (1, 1, 1);
insert into encounter_supplies (id, encounter, kind, pieces) values (1, 1, 'condoms', 12);
insert into encounter_corrections (id, encounter, version, before, corrected_at)
    values (1, 1, 1, '{}', now()), (2, 2, 1, '{"kind": "at_door"}', now());
insert into visit_marks (id, visit, worker, kind, at)
    values (1, 1, 1, 'arrived', '2026-01-05 09:02+00');
insert into retry_wishes (id, visit, part, wished_at) values (1, 1, 'afternoon', now());
insert into draft_steps (id, roster, version, kind, visit, before, after, made_at, made_by)
    values (1, 1, 2, 'pin', 1, '[{}]', '[{}]', now(), 1);
insert into safety_settings (id, team, updated_at) values (1, 1, now());
insert into workers (id, code, first_name, last_name, name_key, discipline, gender, employed_from)
    values (3, 'W3', 'k', 'l', 'l k', 'nurse', 'm', '2020-01-01');
insert into lone_checks (id, worker, team, visit, started_at, ends_at, due_minutes, buddy_minutes,
        lead_minutes, on_call_minutes, buddy, lead, on_call)
    values (1, 1, 1, 1, '2026-01-05 09:00+00', '2026-01-05 09:45+00', 15, 20, 30, 45, 2, 3, 3);
insert into lone_check_steps (id, lone_check, kind, at, counted_from)
    values (1, 1, 'started', now(), null), (2, 1, 'due', now(), '2026-01-05 09:45+00');
insert into contact_alerts (id, tenant, team, cause, days, missed, opened_at)
    values (1, 1, 1, 'gap', 20, 1, now());
insert into contact_alert_steps (id, alert, kind, at) values (1, 1, 'opened', now());
insert into risk_events (id, tenant, kind, happened_on, noted_at)
    values (1, 1, 'overdose', '2026-01-05', now());
insert into day_wishes (id, team, tenant, day, kind, asked_at)
    values (1, 1, 1, '2026-01-05', 'go', now());
insert into roster_views (id, worker, week, opened_at) values (1, 1, '2026-01-05', now());
insert into clock_ticks (id, job, due_at, enqueued_at)
    values (1, 'draft', '2026-01-01 16:00+00', now());
insert into ethos_observations (id, tenant, observed_on, category, occasion)
    values (1, 1, '2024-02-01', 1, 'entry');
insert into undo_steps (id, account, subject, subject_row, made_at)
    values (1, 1, 'tenant', 1, now());
insert into audit_entries (id, at, action, object_kind, object_id)
    values (1, now(), 'read', 'tenant', '1');
insert into access_tokens (id, account, name, token_hash, scopes, created_at, expires_at)
    values (1, 1, 'timesheet', decode(repeat('ab', 32), 'hex'), '{tenants:read}', now(),
            now() + interval '90 days');
insert into lost_duties (id, slot, worker, starts_at, ends_at, cancelled_at)
    values (1, 1, 2, '2026-01-05 16:00+00', '2026-01-05 21:00+00', now());
insert into notices (id, account, kind, key, object_kind, object_ref, path, message, created_at)
    values (1, 1, 'absence', 'absence:1', 'worker', 'W01', '/notices', '{}', now()),
           (2, 1, 'absence', 'absence:2', 'worker', 'W01', '/notices', '{}', now());
insert into push_subscriptions (id, account, endpoint, public_key, secret, created_at)
    values (1, 1, 'https://push.example/1', decode(repeat('04', 65), 'hex'),
            decode(repeat('01', 16), 'hex'), now());
insert into notice_deliveries (id, notice, channel, subscription, due_at)
    values (1, 1, 'email', null, now()), (2, 1, 'push', 1, now());
insert into notice_choices (id, account, kind) values (1, 1, 'absence');
insert into notice_settings (id, account, email, confirmed_at)
    values (1, 1, 'somebody@example.be', now());
"""
