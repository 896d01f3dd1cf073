import { Failed, Loading } from '../shell/page.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';
import { useWords } from '../words/use-words.js';
import { SettingsPage } from './settings-frame.js';
import { useRoles } from './use-members.js';

/** What the workspace asks of those who sign in; read only. */
export function SecurityPage() {
  const words = useSettingsWords();
  const account = useAccountWords();
  const { locale } = useWords();
  const roles = useRoles();
  const state = roles.data ? 'ready' : roles.error ? 'error' : 'loading';
  const needed = roles.data?.items.filter(({ secondFactor }) => secondFactor).map(({ role }) => account.roles[role]);
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return (
    <SettingsPage screen="workspace-security" state={state} title={words.securityPage}>
      {state === 'loading' && <Loading rows={4} shape="lines" />}
      {roles.error && <Failed error={roles.error} retry={() => void roles.refetch()} />}
      {needed && (
        <>
          <p className="quiet">{words.securityHint}</p>
          <dl className="card fact-list">
            <dt>{words.factorRule}</dt>
            <dd>{needed.length > 0 ? words.factorRuleText(list.format(needed)) : words.factorRuleNone}</dd>
            <dt>{words.passwordRule}</dt>
            <dd>{words.passwordRuleText}</dd>
            <dt>{words.sessionRule}</dt>
            <dd>{words.sessionRuleText}</dd>
            <dt>{words.lockRule}</dt>
            <dd>{words.lockRuleText}</dd>
          </dl>
        </>
      )}
    </SettingsPage>
  );
}
