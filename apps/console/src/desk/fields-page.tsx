import type { RegisterView } from '@libs/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { privacyApi } from '../session/api.js';
import { Failed, Loading } from '../shell/page.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';
import { AskedBar } from './asked-bar.js';
import { DeskPage } from './desk-frame.js';
import { FieldsGrid } from './fields-grid.js';
import { ImpactLine, Problems } from './impact-line.js';
import { NoteField } from './note-field.js';
import { type FieldChanges, tightened, withFields } from './register-edit.js';
import { useChangeRegister, useImpact, useRegister } from './register-queries.js';
import { SaveFailure } from './save-failure.js';
import './fields.css';

export function FieldsPage() {
  const desk = useDeskWords();
  const query = useRegister();
  const state = query.data ? 'ready' : query.isError ? 'error' : 'loading';
  return (
    <DeskPage
      screen="fields-and-masks"
      state={state}
      title={desk.fields}
      aside={query.data && <p className="meta">{desk.versionNo(query.data.version)}</p>}
    >
      {query.data ? (
        <Fields view={query.data} />
      ) : query.isError ? (
        <Failed error={query.error} retry={() => void query.refetch()} />
      ) : (
        <Loading rows={12} />
      )}
    </DeskPage>
  );
}

interface Asked {
  readonly view: RegisterView;
  readonly changes: FieldChanges;
  /** Names of the fields that it shows more of. */
  readonly fields: readonly string[];
  readonly base: number;
  readonly note: string;
}

/**
 * Asks for a second person about what shows more; the rest is saved before, because it needs nobody. So an approval and
 * the register in force say all that is to be applied later, in any page.
 */
function useLooseningRequest(save: ReturnType<typeof useChangeRegister>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ view, changes, fields, base, note }: Asked) => {
      const tighter = tightened(view.register, changes);
      const change = { baseVersion: base, register: withFields(view.register, tighter), note };
      const now = Object.keys(tighter).length === 0 ? view : await save.mutateAsync(change);
      const register = withFields(now.register, changes);
      const baseVersion = now.version;
      await privacyApi.requestApproval({ kind: 'loosen-fields', fields, register, baseVersion, reason: note });
      return now.version;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['approvals'] }),
  });
}

function Fields({ view }: { readonly view: RegisterView }) {
  const desk = useDeskWords();
  const [changes, setChanges] = useState<FieldChanges>({});
  const [saved, setSaved] = useState<number | null>(null);
  const save = useChangeRegister();
  const request = useLooseningRequest(save);
  const done = () => setChanges({});
  return (
    <>
      {saved !== null && (
        <p role="status" className="bar bar-success">
          {desk.newVersion(saved)}
        </p>
      )}
      {request.isSuccess && <AskedBar />}
      <p className="meta">{desk.tierHint}</p>
      <FieldsGrid register={view.register} changes={changes} onChange={setChanges} />
      {Object.keys(changes).length > 0 && (
        <SaveFields
          view={view}
          changes={changes}
          save={save}
          request={request}
          onSaved={(version) => {
            setSaved(version);
            done();
          }}
          onDone={done}
        />
      )}
    </>
  );
}

interface SaveProps {
  readonly view: RegisterView;
  readonly changes: FieldChanges;
  readonly save: ReturnType<typeof useChangeRegister>;
  readonly request: ReturnType<typeof useLooseningRequest>;
  readonly onSaved: (version: number) => void;
  readonly onDone: () => void;
}

function SaveFields({ view, changes, save, request, onSaved, onDone }: SaveProps) {
  const desk = useDeskWords();
  const [base, setBase] = useState(view.version);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const register = withFields(view.register, changes);
  const { impact, error } = useImpact(register, view.version);
  const lacksNote = note.trim() === '';
  const needsSecond = (impact?.loosened.length ?? 0) > 0;
  function submit(): void {
    setTried(true);
    if (lacksNote || !impact) return;
    const words = note.trim();
    const saved = (version: number) => (version === view.version ? onDone() : onSaved(version));
    if (needsSecond)
      request.mutate({ view, changes, fields: impact.loosened, base, note: words }, { onSuccess: saved });
    else save.mutate({ baseVersion: base, register, note: words }, { onSuccess: ({ version }) => saved(version) });
  }
  return (
    <section className="card desk-form fields-save" aria-label={desk.changeExists}>
      <ImpactLine impact={impact} error={error} />
      <Problems problems={impact?.problems ?? []} />
      <NoteField value={note} missing={tried && lacksNote} onChange={setNote} />
      <SaveFailure
        error={save.error ?? request.error}
        base={base}
        onMine={(latest) => {
          setBase(latest);
          save.reset();
          request.reset();
        }}
        onTheirs={onDone}
      />
      <div className="button-row">
        <p className="meta">{needsSecond ? desk.secondPerson : desk.changeExists}</p>
        <Button onClick={onDone}>{desk.discard}</Button>
        <Button
          type="primary"
          loading={save.isPending || request.isPending}
          disabled={!impact || impact.problems.length > 0}
          onClick={submit}
        >
          {needsSecond ? desk.submitApproval : desk.save}
        </Button>
      </div>
    </section>
  );
}
