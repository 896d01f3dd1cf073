import type { CannedResponse } from '@libs/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useAct } from '../forms/use-act.js';
import { wordsApi } from '../session/api.js';
import { useUndo } from '../undo/use-undo.js';
import { safeText } from '../words/format.js';
import { useWritingErrors } from '../words/writing/use-writing-errors.js';
import { useWritingWords } from '../words/writing/use-writing-words.js';

interface TableProps {
  readonly items: readonly CannedResponse[];
  readonly mayShare: boolean;
  readonly onOpen: (canned: CannedResponse) => void;
}

const opener = ({ mayShare, onOpen }: TableProps, canned: CannedResponse) =>
  mayShare || canned.owner === 'me' ? () => onOpen(canned) : undefined;

export function CannedTable(props: TableProps) {
  const words = useWritingWords();
  return (
    <div className="table-box canned-table">
      <table>
        <caption className="visually-hidden">{words.cannedPage}</caption>
        <thead>
          <tr>
            <th scope="col">{words.shortcut}</th>
            <th scope="col">{words.title}</th>
            <th scope="col">{words.text}</th>
            <th scope="col">{words.language}</th>
            <th scope="col">{words.forWhom}</th>
            <th scope="col">
              <span className="visually-hidden">{words.edit}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.items.map((canned) => (
            <Row key={canned.id} canned={canned} onOpen={opener(props, canned)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The table on a phone: what decides, and what can be done. */
export function CannedCards(props: TableProps) {
  return (
    <ul className="canned-cards">
      {props.items.map((canned) => (
        <Card key={canned.id} canned={canned} onOpen={opener(props, canned)} />
      ))}
    </ul>
  );
}

interface RowProps {
  readonly canned: CannedResponse;
  readonly onOpen: (() => void) | undefined;
}

function Row({ canned, onOpen }: RowProps) {
  const words = useWritingWords();
  const { shortcut, title, text, locale, owner } = canned;
  const language = locale === null ? words.anyLanguage : { 'zh-CN': words.zhCn, en: words.en }[locale];
  return (
    <tr>
      <th scope="row">/{shortcut}</th>
      <td>
        <bdi>{safeText(title)}</bdi>
      </td>
      <td className="canned-text" dir="auto">
        {safeText(text)}
      </td>
      <td className="canned-word">{language}</td>
      <td className="canned-word">{owner === 'me' ? words.forMe : words.forAll}</td>
      <td>{onOpen && <Acts canned={canned} onOpen={onOpen} />}</td>
    </tr>
  );
}

function Card({ canned, onOpen }: RowProps) {
  const words = useWritingWords();
  return (
    <li className="card">
      <div className="canned-card-head">
        <strong>/{canned.shortcut}</strong>
        <span className="meta">{canned.owner === 'me' ? words.forMe : words.forAll}</span>
      </div>
      <p className="canned-card-title">
        <bdi>{safeText(canned.title)}</bdi>
      </p>
      {onOpen && <Acts canned={canned} onOpen={onOpen} />}
    </li>
  );
}

function Acts({ canned, onOpen }: { readonly canned: CannedResponse; readonly onOpen: () => void }) {
  const words = useWritingWords();
  const sentence = useWritingErrors();
  const client = useQueryClient();
  const undo = useUndo();
  const act = useAct();
  const { id, version, shortcut, ...rest } = canned;
  const refresh = () => client.invalidateQueries({ queryKey: ['canned'] });
  async function remove(): Promise<void> {
    await wordsApi.removeCanned(id, version).finally(refresh);
    // What was deleted is gone on the server: taking it back makes it anew.
    undo.offer(words.cannedDeleted(shortcut), () => wordsApi.createCanned({ shortcut, ...rest }).then(refresh));
  }
  return (
    <div className="button-row canned-acts">
      <Button aria-label={`${words.edit} /${shortcut}`} aria-haspopup="dialog" onClick={onOpen}>
        {words.edit}
      </Button>
      <Button aria-label={`${words.remove} /${shortcut}`} loading={act.busy} onClick={() => void act.run(remove)}>
        {words.remove}
      </Button>
      {act.error !== null && (
        <p role="alert" className="form-fault">
          {sentence(act.error)}
        </p>
      )}
    </div>
  );
}
