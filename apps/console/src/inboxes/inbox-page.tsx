import { CheckOutlined, LeftOutlined } from '@ant-design/icons';
import type { InboxDetail } from '@libs/contracts';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { HoursSection, RoutingSection } from '../routing/inbox-routing-sections.js';
import { useMe } from '../session/session.js';
import { SettingsPage } from '../settings/settings-frame.js';
import { Failed, Loading } from '../shell/page.js';
import { useNarrow } from '../shell/use-narrow.js';
import { BasicsSection } from './basics-section.js';
import { IdentitySection } from './identity-section.js';
import { DangerSection, InboxBars, InboxHead, isReadyToStart, MissingList } from './inbox-head.js';
import { useInbox } from './inbox-queries.js';
import { InstallSection } from './install-section.js';
import { LeaveGuard } from './leave-guard.js';
import { LookSection } from './look-section.js';
import { NoticeSection } from './notice-section.js';
import { OriginsSection } from './origins-section.js';
import { Preview } from './preview.js';
import { INBOX_TABS, type InboxTab, isWanting, WIZARD_STEPS } from './tabs.js';
import { type DraftEditing, useInboxDraft } from './use-inbox-draft.js';
import { useInboxWords } from './words/use-inbox-words.js';
import './inboxes.css';

/** One inbox: its settings in tabs, or as a wizard of five steps while it is new, with the live preview beside them. */
export function InboxPage() {
  const words = useInboxWords();
  const { inboxId } = useParams({ from: '/w/$slug/settings/inboxes/$inboxId' });
  const query = useInbox(inboxId);
  if (query.isPending || query.isError) {
    return (
      <SettingsPage screen="inbox" state={query.isPending ? 'loading' : 'error'} title={words.title}>
        {query.isPending ? (
          <Loading rows={5} shape="form" />
        ) : (
          <Failed error={query.error} retry={() => void query.refetch()} />
        )}
      </SettingsPage>
    );
  }
  return <InboxEditor key={inboxId} inbox={query.data} />;
}

function InboxEditor({ inbox }: { readonly inbox: InboxDetail }) {
  const words = useInboxWords();
  const { slug } = useMe().tenant;
  const { tab = 'basics', wizard = false } = useSearch({ from: '/w/$slug/settings/inboxes/$inboxId' });
  const editing = useInboxDraft(inbox);
  return (
    <SettingsPage
      screen={wizard ? 'inbox-wizard' : 'inbox'}
      state="ready"
      title={inbox.name}
      above={
        <Link to="/w/$slug/settings/inboxes" params={{ slug }} className="back-link">
          <LeftOutlined aria-hidden />
          {words.backToList}
        </Link>
      }
      aside={<InboxHead editing={editing} solid={isReadyToStart(editing) && (!wizard || isLast(tab))} />}
    >
      <Tabs current={tab} wizard={wizard} missing={editing.inbox.missing} />
      <InboxBars editing={editing} />
      <LeaveGuard
        when={editing.dirty}
        title={words.leaveTitle}
        effect={words.leaveEffect(inbox.name)}
        leave={words.leave}
      />
      <div className="inbox-columns">
        <div className="inbox-form">
          <h2>{words.tabs[tab]}</h2>
          <TabContent tab={tab} editing={editing} />
          {wizard ? <WizardBar tab={tab} editing={editing} /> : <SaveBar editing={editing} />}
        </div>
        <PreviewPlace editing={editing} />
      </div>
    </SettingsPage>
  );
}

function isLast(tab: InboxTab): boolean {
  return WIZARD_STEPS.indexOf(tab) === WIZARD_STEPS.length - 1;
}

function TabContent({ tab, editing }: { readonly tab: InboxTab; readonly editing: DraftEditing }) {
  if (tab === 'origins') return <OriginsSection editing={editing} />;
  if (tab === 'notice') return <NoticeSection editing={editing} />;
  if (tab === 'look') return <LookSection key={editing.inbox.version} editing={editing} />;
  if (tab === 'hours') return <HoursSection inboxId={editing.inbox.id} />;
  if (tab === 'routing') return <RoutingSection inboxId={editing.inbox.id} />;
  if (tab === 'identity') return <IdentitySection editing={editing} />;
  if (tab === 'install') {
    return (
      <>
        <MissingList inbox={editing.inbox} />
        <InstallSection inbox={editing.inbox} />
      </>
    );
  }
  return (
    <>
      <MissingList inbox={editing.inbox} />
      <BasicsSection editing={editing} />
      <DangerSection editing={editing} />
    </>
  );
}

interface TabsProps {
  readonly current: InboxTab;
  readonly wizard: boolean;
  readonly missing: InboxDetail['missing'];
}

function Tabs({ current, wizard, missing }: TabsProps) {
  const words = useInboxWords();
  const { inboxId } = useParams({ from: '/w/$slug/settings/inboxes/$inboxId' });
  const { slug } = useMe().tenant;
  const tabs = wizard ? WIZARD_STEPS : INBOX_TABS;
  const bar = useRef<HTMLElement>(null);
  // Where there is no room for all of them, the one that is open has to be among those that are seen.
  useEffect(() => {
    const open = bar.current?.querySelector<HTMLElement>(`[data-tab=${current}]`);
    if (bar.current && open) bar.current.scrollLeft += middleOf(open) - middleOf(bar.current);
  }, [current]);
  return (
    <nav ref={bar} className="inbox-tabs" aria-label={words.sections}>
      <ol>
        {tabs.map((tab, at) => (
          <li key={tab} data-tab={tab}>
            <Link
              to="/w/$slug/settings/inboxes/$inboxId"
              params={{ slug, inboxId }}
              search={wizard ? { tab, wizard } : { tab }}
              aria-current={tab === current ? (wizard ? 'step' : 'page') : undefined}
            >
              {wizard && <StepNumber at={at} done={at < tabs.indexOf(current) && !isWanting(tab, missing)} />}
              {words.tabs[tab]}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** A step that lies behind and lacks nothing has a tick in place of its number. */
function StepNumber({ at, done }: { readonly at: number; readonly done: boolean }) {
  const words = useInboxWords();
  return (
    <span className="step-number" data-done={done || undefined}>
      {done ? <CheckOutlined aria-label={words.stepDone} /> : at + 1}
    </span>
  );
}

function middleOf(element: HTMLElement): number {
  const { left, width } = element.getBoundingClientRect();
  return left + width / 2;
}

function SaveBar({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  if (!editing.dirty) return null;
  return (
    <div className="inbox-save">
      <p role="status">{words.unsaved}</p>
      <Button onClick={editing.discard}>{words.discard}</Button>
      <Button type="primary" loading={editing.busy} onClick={() => void editing.save()}>
        {words.save}
      </Button>
    </div>
  );
}

/** Nothing typed is lost on the way: each step is saved before the next. */
function WizardBar({ tab, editing }: { readonly tab: InboxTab; readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const navigate = useNavigate();
  const { slug } = useMe().tenant;
  const at = WIZARD_STEPS.indexOf(tab);
  const go = (to: InboxTab | undefined): void => {
    const target = { to: '/w/$slug/settings/inboxes/$inboxId', params: { slug, inboxId: editing.inbox.id } } as const;
    void navigate(to === undefined ? { ...target, search: {} } : { ...target, search: { tab: to, wizard: true } });
  };
  const onward = async (): Promise<void> => {
    if (await editing.save()) go(WIZARD_STEPS[at + 1]);
  };
  const last = isLast(tab);
  return (
    <div className="inbox-save">
      <p className="meta">{words.stepOf(String(at + 1), String(WIZARD_STEPS.length))}</p>
      {at > 0 && <Button onClick={() => go(WIZARD_STEPS[at - 1])}>{words.back}</Button>}
      <Button
        type={last && isReadyToStart(editing) ? 'default' : 'primary'}
        loading={editing.busy}
        onClick={() => void onward()}
      >
        {last ? words.finish : editing.dirty ? words.saveAndNext : words.next}
      </Button>
    </div>
  );
}

/** On a phone the preview comes when it is asked for. */
function PreviewPlace({ editing }: { readonly editing: DraftEditing }) {
  const words = useInboxWords();
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  if (!narrow) return <Preview editing={editing} />;
  return (
    <div>
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? words.closePreview : words.preview}
      </Button>
      {open && <Preview editing={editing} />}
    </div>
  );
}
