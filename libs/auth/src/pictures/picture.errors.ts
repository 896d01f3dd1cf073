import { UserError } from '@libs/kernel';

/** What a picture must be to be kept, by the step at which it was found not to be. */
export type PictureRule = 'signature' | 'chunks' | 'header' | 'size' | 'pixels';

/** What was sent is no picture of the one form that is kept. */
export function pictureInvalid(rule: PictureRule): UserError {
  return new UserError('account.picture-invalid', 'This is not a picture that can be kept: a small square PNG is.', {
    status: 415,
    details: { rule },
  });
}

/** The same answer for a member without one, for one of another workspace, and for an id that exists nowhere. */
export function pictureNotFound(): UserError {
  return new UserError('account.picture-not-found', 'There is no such picture.', { status: 404 });
}
