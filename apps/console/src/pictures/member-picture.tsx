import { useState } from 'react';
import { initialsOf } from './initials.js';
import { usePictureOf } from './use-pictures.js';
import './member-picture.css';

interface PictureProps {
  readonly memberId: string;
  /** Stands beside it; from it come the letters where there is no picture. */
  readonly name: string;
  readonly size?: 24 | 32 | 96;
}

/** A member as colleagues know them. Only decoration: the name always stands beside it. */
export function MemberPicture({ memberId, name, size = 24 }: PictureProps) {
  return <RoundPicture src={usePictureOf(memberId)} name={name} size={size} />;
}

interface RoundProps extends Required<Pick<PictureProps, 'name' | 'size'>> {
  readonly src: string | undefined;
}

/** The letters are there at once, and stay where no picture comes; the place of both is the same. */
export function RoundPicture({ src, name, size }: RoundProps) {
  const [failed, setFailed] = useState<string>();
  return (
    <span className="member-picture" data-size={size} data-initials={initialsOf(name)} aria-hidden>
      {src !== undefined && src !== failed && (
        <img
          key={src}
          src={src}
          alt=""
          width={size}
          height={size}
          decoding="async"
          draggable={false}
          onError={() => setFailed(src)}
        />
      )}
    </span>
  );
}
