import type { MemberSummary } from '@libs/contracts';
import { useAct } from '../forms/use-act.js';
import { membersApi } from '../session/api.js';
import { useUndo } from '../undo/use-undo.js';
import { useRefreshMembers } from './use-members.js';
import { useMemberWords } from './words/use-member-words.js';

/** Enables a member at once; undoing it disables them again. */
export function useEnable(member: MemberSummary, onDone: () => void) {
  const words = useMemberWords();
  const undo = useUndo();
  const refresh = useRefreshMembers();
  const act = useAct();
  const enable = async (): Promise<void> => {
    const { version } = await membersApi.enable(member.id, member.version).finally(refresh);
    undo.offer(words.enabled(member.displayName), () =>
      membersApi
        .disable(member.id, { version })
        .finally(refresh)
        .then(() => undefined),
    );
    onDone();
  };
  return { busy: act.busy, error: act.error, run: () => void act.run(enable) };
}
