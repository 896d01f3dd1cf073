import { TeamOutlined } from '@ant-design/icons';
import type { TeamSummary } from '@libs/contracts';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { RoutingDefaults } from '../routing/routing-defaults.js';
import { routingApi } from '../session/api.js';
import { rights } from '../session/rights.js';
import { useMe } from '../session/session.js';
import { SettingsPage } from '../settings/settings-frame.js';
import { Failed, Loading, Nothing } from '../shell/page.js';
import { useUndo } from '../undo/use-undo.js';
import { safeText } from '../words/format.js';
import { TeamDialog } from './team-dialog.js';
import { useRefreshTeams, useTeams } from './use-teams.js';
import { useTeamErrors, useTeamPageWords } from './words/use-team-page-words.js';
import './teams.css';

/** Who shares a queue: set up by owners and admins, seen by supervisors. */
export function TeamsPage() {
  const words = useTeamPageWords();
  const { role } = useMe();
  const query = useTeams();
  const [opened, setOpened] = useState<TeamSummary | 'new'>();
  const items = query.data?.items ?? [];
  const state = query.isPending ? 'loading' : query.isError ? 'error' : items.length === 0 ? 'empty' : 'ready';
  const may = rights.members(role);
  const create = may && (
    <Button type="primary" onClick={() => setOpened('new')}>
      {words.create}
    </Button>
  );
  const set = (archived: boolean) => items.filter((team) => team.archived === archived);
  return (
    <SettingsPage screen="teams" state={state} title={words.title} aside={state === 'ready' && create}>
      <p className="quiet">{may ? words.intro : words.readOnly}</p>
      {state === 'loading' && <Loading rows={4} shape="cards" />}
      {state === 'error' && <Failed error={query.error} retry={() => void query.refetch()} />}
      {state === 'empty' && (
        <Nothing text={words.empty} icon={<TeamOutlined aria-hidden />}>
          {create}
        </Nothing>
      )}
      {state === 'ready' && <TeamCards teams={set(false)} onOpen={may ? setOpened : undefined} />}
      {set(true).length > 0 && (
        <>
          <h2 className="team-heading">{words.archivedTitle}</h2>
          <TeamCards teams={set(true)} onOpen={may ? setOpened : undefined} />
        </>
      )}
      {may && query.data && <RoutingDefaults />}
      {opened !== undefined && (
        <TeamDialog {...(opened === 'new' ? {} : { team: opened })} onClose={() => setOpened(undefined)} />
      )}
    </SettingsPage>
  );
}

interface CardsProps {
  readonly teams: readonly TeamSummary[];
  readonly onOpen: ((team: TeamSummary) => void) | undefined;
}

function TeamCards({ teams, onOpen }: CardsProps) {
  const words = useTeamPageWords();
  return (
    <ul className="team-list">
      {teams.map((team) => (
        <li key={team.id} className="card team-card" data-team={team.archived ? 'archived' : 'active'}>
          <div className="team-card-text">
            <h2>
              <bdi>{safeText(team.name)}</bdi>
            </h2>
            <p className="quiet">
              {team.members.length === 0
                ? words.nobody
                : team.members.map(({ name }) => safeText(name ?? '')).join(words.comma)}
            </p>
          </div>
          <span className="meta">{words.memberCount(team.members.length)}</span>
          {onOpen && <TeamActs team={team} onEdit={() => onOpen(team)} />}
        </li>
      ))}
    </ul>
  );
}

function TeamActs({ team, onEdit }: { readonly team: TeamSummary; readonly onEdit: () => void }) {
  const words = useTeamPageWords();
  const sentence = useTeamErrors();
  const refresh = useRefreshTeams();
  const undo = useUndo();
  const act = useAct();
  async function archive(): Promise<void> {
    const { version } = await routingApi.archiveTeam(team.id, 'archive', team.version).finally(refresh);
    undo.offer(words.archived, () => routingApi.archiveTeam(team.id, 'restore', version).then(refresh));
  }
  async function restore(): Promise<void> {
    await routingApi.archiveTeam(team.id, 'restore', team.version).finally(refresh);
  }
  return (
    <div className="button-row">
      {team.archived ? (
        <Button aria-label={words.restoreOf(team.name)} loading={act.busy} onClick={() => void act.run(restore)}>
          {words.restore}
        </Button>
      ) : (
        <>
          <Button aria-label={words.editOf(team.name)} aria-haspopup="dialog" onClick={onEdit}>
            {words.edit}
          </Button>
          <Button aria-label={words.archiveOf(team.name)} loading={act.busy} onClick={() => void act.run(archive)}>
            {words.archive}
          </Button>
        </>
      )}
      {act.error !== null && (
        <p role="alert" className="form-fault">
          {sentence(act.error)}
        </p>
      )}
    </div>
  );
}
