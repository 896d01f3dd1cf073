import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../forms/use-act.js';
import { forgetEverything } from '../live/live-session.js';
import { accountApi } from '../session/api.js';
import { Refusal } from '../settings/refusal.js';
import { Dialog } from '../shell/dialog.js';
import { DialogButtons } from '../shell/dialog-buttons.js';
import { useSettingsWords } from '../words/settings/use-settings-words.js';

/** The way out when somebody else may have the password: everything ends at once (F-0113). */
export function LeakSection() {
  const words = useSettingsWords();
  const navigate = useNavigate();
  const act = useAct();
  const [asking, setAsking] = useState(false);
  async function freeze(): Promise<void> {
    await accountApi.reportLeak();
    await navigate({ to: '/reset-password', replace: true });
    forgetEverything();
  }
  return (
    <section className="card" aria-labelledby="my-leak">
      <h2 id="my-leak">{words.leak}</h2>
      <p>{words.leakHint}</p>
      <div className="button-row">
        <Button onClick={() => setAsking(true)}>{words.leakButton}</Button>
      </div>
      {asking && (
        <Dialog title={words.leakButton} onClose={() => setAsking(false)}>
          <p>{words.leakEffect}</p>
          <Refusal error={act.error} />
          <DialogButtons
            verb={words.leakButton}
            busy={act.busy}
            onClose={() => setAsking(false)}
            onAct={() => void act.run(freeze)}
          />
        </Dialog>
      )}
    </section>
  );
}
