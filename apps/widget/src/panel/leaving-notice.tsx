import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { SafeLink } from './links.js';
import { useSession, useWords } from './panel-context.js';

/** Before another site opens: which one it is, and that it has a policy of its own. Nothing about the person goes along. */
export function LeavingNotice({ link }: { readonly link: SafeLink }): JSX.Element {
  const words = useWords();
  const session = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const stay = () => session.leave(undefined);
  return (
    <dialog
      ref={dialog}
      class="leaving"
      aria-labelledby="leaving-site"
      onClose={stay}
      onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
    >
      <h2 id="leaving-site">{words.leaveTitle}</h2>
      <p class="statement" dir="ltr">
        {link.host}
      </p>
      {link.written ? (
        <p class="bar warning" role="alert">
          {words.leaveLookalike(link.written)}
        </p>
      ) : null}
      <p>{words.leaveText}</p>
      <p class="meta address" dir="ltr">
        {link.href}
      </p>
      <div class="pair">
        <button type="button" class="outline" onClick={stay}>
          {words.cancel}
        </button>
        <a
          class="outline"
          href={link.href}
          target="_blank"
          rel="noopener noreferrer nofollow ugc"
          referrerpolicy="no-referrer"
          onClick={() => setTimeout(stay)}
        >
          {words.leaveGo}
        </a>
      </div>
    </dialog>
  );
}
