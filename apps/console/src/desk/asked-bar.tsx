import { Link } from '@tanstack/react-router';
import { useMe } from '../session/session.js';
import { useDeskWords } from '../words/desk/use-desk-words.js';

/** A second person was asked; where to follow it. */
export function AskedBar() {
  const desk = useDeskWords();
  const { slug } = useMe().tenant;
  return (
    <div role="status" className="bar bar-success">
      <p>{desk.submitted}</p>
      <Link to="/w/$slug/privacy/approvals" params={{ slug }}>
        {desk.approvals}
      </Link>
    </div>
  );
}
