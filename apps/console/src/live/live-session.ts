import { applyAccess, applyErasure } from '../conversations/access-news.js';
import { patchRow } from '../conversations/live-rows.js';
import { Rooms } from '../conversations/rooms.js';
import { api, workApi } from '../session/api.js';
import { forgetMember, keepForMember } from '../session/memory.js';
import { endSession, queryClient, rightsChanged } from '../session/session.js';
import { AgentLine } from './agent-line.js';

export const line = new AgentLine();
export const rooms = new Rooms({ api, line, drafts: workApi });

const REFRESH_MS = 300;
const COUNT_MS = 2_000;
/** The server keeps order and read positions of the list about a second late. */
const SETTLED_MS = 2_500;

/** Lists and counts follow at most this often, however fast the packets come. */
function atMostEvery(ms: number, run: () => void): () => void {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    setTimeout(() => {
      due = false;
      run();
    }, ms);
  };
}

const refreshRows = atMostEvery(REFRESH_MS, () => {
  void queryClient.invalidateQueries({ queryKey: ['conversations'] });
  void queryClient.invalidateQueries({ queryKey: ['conversation'] });
});
const refreshSettled = atMostEvery(SETTLED_MS, () => {
  void queryClient.invalidateQueries({ queryKey: ['conversations'] });
});
const refreshCounts = atMostEvery(COUNT_MS, () => {
  void queryClient.invalidateQueries({ queryKey: ['count'] });
  // What the person decided meanwhile shows beside the conversation too.
  void queryClient.invalidateQueries({ queryKey: ['contact-record'] });
});

function refreshSoon(): void {
  refreshRows();
  refreshCounts();
}

line.listen({
  item: (item) => {
    patchRow(queryClient, item);
    refreshSettled();
  },
  conversation: refreshSoon,
  labels: () => {
    void queryClient.invalidateQueries({ queryKey: ['labels'] });
    void queryClient.invalidateQueries({ queryKey: ['views'] });
    refreshRows();
  },
  access: (packet) => applyAccess(queryClient, packet),
  erased: (subjectId) => rooms.erase(applyErasure(queryClient, subjectId)),
  // Packets of the time without a line are lost: look at everything again.
  online: (online) => {
    if (online) refreshSoon();
  },
  // If the session ended, the next look at the lists says so.
  refused: refreshSoon,
  end: (code) => {
    if (code === 'account.rights-changed') rightsChanged.set(true);
    else if (code === 'account.session-revoked') endSession('revoked');
    else if (code.startsWith('account.') || code.startsWith('auth.')) endSession('over');
  },
});

keepForMember(() => rooms.clear());

/** Opens the line of the member who is signed in. */
export function startLive(): () => void {
  line.open();
  return () => line.close();
}

export function forgetEverything(): void {
  line.close();
  forgetMember();
  queryClient.clear();
}
