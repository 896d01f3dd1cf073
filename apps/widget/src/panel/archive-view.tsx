import type { Notice, NoticeArchive } from '@libs/contracts';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icons.js';
import { fetchArchive, fetchArchived } from './notice-archive.js';
import { usePanelState, useSession, useWords } from './panel-context.js';
import { dayText } from './text-format.js';

type Versions = NoticeArchive['items'];

/** Every version that people were told, each readable (F-1601). Not shown where the server keeps no list. */
export function ArchiveSection({ onRead }: { readonly onRead: (notice: Notice) => void }): JSX.Element | null {
  const words = useWords();
  const session = useSession();
  const { locale, agreedVersion } = usePanelState();
  const [versions, setVersions] = useState<Versions>([]);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let wanted = true;
    void fetchArchive(session.inbox).then((archive) => wanted && setVersions(archive?.items ?? []));
    return () => {
      wanted = false;
    };
  }, [session]);
  const read = async (version: number) => {
    setFailed(false);
    const found = await fetchArchived(session.inbox, version);
    const notice = found && (found.notices[locale] ?? Object.values(found.notices)[0]);
    if (notice) onRead(notice);
    else setFailed(true);
  };
  if (versions.length === 0) return null;
  return (
    <>
      <h2>{words.archive}</h2>
      {failed ? (
        <p class="error-text" role="alert">
          {words.archiveUnread}
        </p>
      ) : null}
      <ul class="versions">
        {versions.map(({ version, publishedAt }, at) => (
          <li key={version}>
            <button type="button" class="link" onClick={() => void read(version)}>
              {words.archived(version, dayText(publishedAt, locale))}
              <Icon name="forward" />
            </button>
            {at === 0 ? <span class="chip plain">{words.inForce}</span> : null}
            {version === agreedVersion ? <span class="chip plain">{words.yourVersion}</span> : null}
          </li>
        ))}
      </ul>
    </>
  );
}
