import { type InboxRouting, ROUTING_LIMITS, ROUTING_MODES } from '@libs/contracts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { changedFields } from '../forms/changed-fields.js';
import { ConflictBar } from '../forms/conflict-bar.js';
import { isOvertaken } from '../forms/overtaken.js';
import { useHours, useStanding } from '../hours/use-hours.js';
import { LeaveGuard } from '../inboxes/leave-guard.js';
import { Choose } from '../inboxes/look-section.js';
import { useInboxWords } from '../inboxes/words/use-inbox-words.js';
import { useMe } from '../session/session.js';
import { Failed, Loading } from '../shell/page.js';
import { useTeams } from '../teams/use-teams.js';
import { toldOfRouting } from './told-of-routing.js';
import { type RoutingEditing, useInboxRouting } from './use-inbox-routing.js';
import { useRoutingErrors, useRoutingWords } from './words/use-routing-words.js';

interface SectionProps {
  readonly inboxId: string;
}

interface PartProps {
  readonly values: InboxRouting;
  readonly set: RoutingEditing['set'];
}

/** Which business hours the inbox goes by, and what happens outside them. */
export function HoursSection({ inboxId }: SectionProps) {
  const words = useRoutingWords();
  return (
    <RoutingForm inboxId={inboxId} intro={words.hoursIntro}>
      {(part) => <HoursChoice {...part} />}
    </RoutingForm>
  );
}

/** Another tab of the inbox ends this form, too. */
function UnsavedGuard({ when }: { readonly when: boolean }) {
  const words = useInboxWords();
  return (
    <LeaveGuard
      when={when}
      withinPage={false}
      title={words.leaveTitle}
      effect={words.leaveSection}
      leave={words.leave}
    />
  );
}

/** How the inbox gives its conversations, and to whom. */
export function RoutingSection({ inboxId }: SectionProps) {
  const words = useRoutingWords();
  return (
    <RoutingForm inboxId={inboxId} intro={words.routingIntro}>
      {(part) => <RoutingChoice {...part} />}
    </RoutingForm>
  );
}

interface FormProps extends SectionProps {
  readonly intro: string;
  readonly children: (part: PartProps) => ReactNode;
}

function RoutingForm({ inboxId, intro, children }: FormProps) {
  const words = useRoutingWords();
  const inbox = useInboxWords();
  const sentence = useRoutingErrors();
  const editing = useInboxRouting(inboxId);
  const told = toldOfRouting(words, useTeams().data?.items, useHours().data?.items);
  const { query, values, dirty, error, busy, saved } = editing;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!values) return <Loading rows={4} shape="form" />;
  return (
    <>
      <p className="quiet">{intro}</p>
      <UnsavedGuard when={dirty} />
      {isOvertaken(error) ? (
        <ConflictBar error={error} changes={editing.base ? changedFields(editing.base, query.data!, told) : []}>
          <Button onClick={() => editing.overwrite(query.data!)}>{inbox.useMine}</Button>
          <Button onClick={editing.discard}>{inbox.useTheirs}</Button>
        </ConflictBar>
      ) : (
        error !== null && (
          <p role="alert" className="form-alert">
            {sentence(error)}
          </p>
        )
      )}
      {children({ values, set: editing.set })}
      <div className="button-row">
        <p role="status">{dirty ? words.unsaved : saved ? words.saved : ''}</p>
        {dirty && (
          <>
            <Button onClick={editing.discard}>{words.discard}</Button>
            <Button type="primary" loading={busy} onClick={editing.save}>
              {words.save}
            </Button>
          </>
        )}
      </div>
    </>
  );
}

const NONE = '';

function HoursChoice({ values, set }: PartProps) {
  const words = useRoutingWords();
  const { slug } = useMe().tenant;
  const hours = useHours();
  const standing = useStanding();
  const items = hours.data?.items ?? [];
  const own = items.find(({ id }) => id === values.hoursId) ?? items.find(({ isDefault }) => isDefault);
  return (
    <>
      {hours.data && items.length === 0 ? (
        <p>{words.noHours}</p>
      ) : (
        <Choose
          label={words.hours}
          value={values.hoursId ?? NONE}
          options={[NONE, ...items.map(({ id }) => id)]}
          words={{ [NONE]: words.hoursOfWorkspace, ...Object.fromEntries(items.map(({ id, name }) => [id, name])) }}
          onChange={(id) => set({ hoursId: id === NONE ? null : id })}
        />
      )}
      {own && <p className="form-hint">{standing(own.now, own.timeZone)}</p>}
      <Link to="/w/$slug/settings/business-hours" params={{ slug }} className="lone-link">
        {words.setUpHours}
      </Link>
      <Choose
        label={words.outside}
        value={values.outsideHours}
        options={['hold', 'give']}
        words={words.outsides}
        onChange={(outsideHours) => set({ outsideHours })}
      />
    </>
  );
}

function RoutingChoice({ values, set }: PartProps) {
  const words = useRoutingWords();
  const gives = values.mode !== 'manual';
  return (
    <>
      <fieldset className="routing-modes">
        <legend className="label">{words.mode}</legend>
        {ROUTING_MODES.map((mode) => (
          <label key={mode} className="check">
            <input
              type="radio"
              name="routing-mode"
              value={mode}
              checked={values.mode === mode}
              onChange={() => set({ mode })}
            />
            <span>
              {words.modes[mode]}
              <span className="form-hint">{words.modeHints[mode]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <TeamChoice values={values} set={set} />
      {gives && (
        <label className="check">
          <input
            type="checkbox"
            checked={values.showPlace}
            onChange={(event) => set({ showPlace: event.target.checked })}
          />
          <span>
            {words.showPlace}
            <span className="form-hint">{words.showPlaceHint}</span>
          </span>
        </label>
      )}
    </>
  );
}

function TeamChoice({ values, set }: PartProps) {
  const words = useRoutingWords();
  const teams = useTeams();
  const items = teams.data?.items ?? [];
  const { teamId, overflowTeamId, overflowAfterSeconds } = values;
  const usable = (own: string | null) => items.filter(({ archived, id }) => !archived || id === own);
  const names = Object.fromEntries(items.map(({ id, name, archived }) => [id, archived ? name + words.gone : name]));
  const { least, most } = ROUTING_LIMITS.overflowAfterSeconds;
  return (
    <>
      <Choose
        label={words.team}
        value={teamId ?? NONE}
        options={[NONE, ...usable(teamId).map(({ id }) => id)]}
        words={{ ...names, [NONE]: words.everybody }}
        onChange={(id) => set(id === NONE ? { teamId: null, overflowTeamId: null } : { teamId: id })}
      />
      {values.mode !== 'manual' && teamId !== null && (
        <Choose
          label={words.overflow}
          value={overflowTeamId ?? NONE}
          options={[
            NONE,
            ...usable(overflowTeamId)
              .map(({ id }) => id)
              .filter((id) => id !== teamId),
          ]}
          words={{ ...names, [NONE]: words.noOverflow }}
          onChange={(id) => set({ overflowTeamId: id === NONE ? null : id })}
        />
      )}
      {values.mode !== 'manual' && overflowTeamId !== null && (
        <label className="form-row">
          <span className="label">{words.after}</span>
          <input
            className="native-input"
            type="number"
            min={least}
            max={most}
            value={overflowAfterSeconds}
            onChange={(event) => set({ overflowAfterSeconds: Math.round(Number(event.target.value)) })}
          />
        </label>
      )}
    </>
  );
}
