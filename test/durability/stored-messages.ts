import Libsql from 'libsql';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** A database as its file or server has it, read past the product. */
export type StoredIn = { readonly file: string } | { readonly url: string };

type Row = Readonly<Record<string, string | number | null>>;

/** Rows of a statement, read by a connection of the test's own. */
export async function readRows(stored: StoredIn, sql: string): Promise<readonly Row[]> {
  if ('file' in stored) {
    const database = new Libsql(stored.file);
    // The product may be writing just now.
    database.pragma('busy_timeout = 5000');
    try {
      return database.prepare(sql).all([]) as Row[];
    } finally {
      database.close();
    }
  }
  const connection = await createConnection(stored.url);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(sql);
    return rows as Row[];
  } finally {
    await connection.end();
  }
}

/** What the tables say about all messages, in numbers. */
export interface StoredCounts {
  readonly messages: number;
  /** Different (conversation, sender, number): fewer than messages means one was stored twice. */
  readonly sends: number;
  readonly conversations: number;
  /** Conversations whose numbers are not exactly 1 to the number of their messages. */
  readonly withGaps: number;
  /** Journal entries of messages: exactly one for each. */
  readonly journaled: number;
}

/** Counts messages, doubles and gaps. */
export async function countStored(stored: StoredIn): Promise<StoredCounts> {
  const [row] = await readRows(
    stored,
    `SELECT
       (SELECT COUNT(*) FROM chat_message) AS messages,
       (SELECT COUNT(*) FROM (SELECT DISTINCT conversation_id, sender_id, send_number FROM chat_message) d) AS sends,
       (SELECT COUNT(*) FROM chat_conversation) AS conversations,
       (SELECT COUNT(*) FROM (SELECT conversation_id FROM chat_message GROUP BY conversation_id
          HAVING MIN(seq) <> 1 OR MAX(seq) <> COUNT(*)) g) AS with_gaps,
       (SELECT COUNT(*) FROM event_journal WHERE kind = 'chat.message-received.v1') AS journaled`,
  );
  const { messages, sends, conversations, with_gaps: withGaps, journaled } = row!;
  return {
    messages: Number(messages),
    sends: Number(sends),
    conversations: Number(conversations),
    withGaps: Number(withGaps),
    journaled: Number(journaled),
  };
}
