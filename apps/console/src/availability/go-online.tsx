import { Button } from 'antd';
import { useAvailability, useChooseAvailability } from './use-availability.js';
import { useAvailabilityWords } from './words/use-availability-words.js';

/** Where nothing is mine: why nothing comes, and the one press that puts it right. Nothing for who is online. */
export function GoOnline() {
  const words = useAvailabilityWords();
  const own = useAvailability();
  const choose = useChooseAvailability();
  if (!own.data || own.data.availability === 'online') return null;
  return (
    <div className="go-online">
      <p className="meta">{words.away[own.data.availability]}</p>
      <Button loading={choose.isPending} onClick={() => choose.mutate('online')}>
        {words.goOnline}
      </Button>
      <div role="status">{choose.isError && <p className="form-fault">{words.failed}</p>}</div>
    </div>
  );
}
