import { Ref } from '@libs/http';

/** `:subjectId` of the person. */
export class ContactParams {
  @Ref('subject') subjectId: string;
}
