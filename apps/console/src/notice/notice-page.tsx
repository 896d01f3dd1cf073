import type { MemberNotice } from '@libs/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Outcome } from '../forms/outcome.js';
import { useAct } from '../forms/use-act.js';
import { accountApi } from '../session/api.js';
import { Failed } from '../shell/page.js';
import { PublicLoading } from '../sign-in/public-page.js';
import { useAccountWords } from '../words/account/use-account-words.js';
import { useWords } from '../words/use-words.js';
import { StepPage, useStepDone } from './step-page.js';

/** Who can see one's work, read and confirmed once before the first work (P-0207). */
export function NoticePage() {
  const words = useAccountWords();
  const { locale } = useWords();
  const notice = useQuery({
    queryKey: ['me', 'notice', locale],
    queryFn: ({ signal }) => accountApi.notice(locale, signal),
  });
  if (notice.error) {
    return (
      <StepPage screen="member-notice" state="error" title={words.noticeTitle}>
        <Failed error={notice.error} retry={() => void notice.refetch()} />
      </StepPage>
    );
  }
  if (!notice.data) return <PublicLoading screen="member-notice" title={words.noticeTitle} />;
  return <Notice notice={notice.data} again={() => void notice.refetch()} />;
}

function Notice({ notice, again }: { readonly notice: MemberNotice; readonly again: () => void }) {
  const words = useAccountWords();
  const act = useAct();
  const done = useStepDone('member-notice');
  async function confirm(): Promise<void> {
    try {
      await accountApi.confirmNotice(notice.version, notice.locale);
      await done();
    } catch (reason) {
      again();
      throw reason;
    }
  }
  return (
    <StepPage screen="member-notice" title={words.noticeTitle}>
      <p className="reading">{notice.text}</p>
      <h2>{words.noticeWho}</h2>
      <ul>
        {notice.seenBy.map(({ role, count }) => (
          <li key={role}>{words.seen(words.roles[role], count)}</li>
        ))}
      </ul>
      <Outcome error={act.error} />
      <Button type="primary" size="large" block loading={act.busy} onClick={() => void act.run(confirm)}>
        {words.noticeConfirm}
      </Button>
      <p className="form-hint">{words.noticeOnce}</p>
    </StepPage>
  );
}
