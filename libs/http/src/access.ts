import { SetMetadata } from '@nestjs/common';

/** Who may call an endpoint. */
export type AccessRule =
  | { readonly kind: 'public'; readonly why: string }
  | { readonly kind: 'member' }
  | { readonly kind: 'permission'; readonly permission: string }
  | { readonly kind: 'visitor' };

/** Metadata key of the access rule. */
export const ACCESS = 'custodia:access';

type AccessDecorator = ClassDecorator & MethodDecorator;

const declare = (rule: AccessRule): AccessDecorator => SetMetadata(ACCESS, rule);

interface AccessDeclaration {
  /** Members whose role grants `permission`, e.g. `conversations:reply`. */
  (permission: string): AccessDecorator;
  /** Anybody; `why` says what makes that harmless. */
  public(why: string): AccessDecorator;
  /** Any signed-in member. */
  member(): AccessDecorator;
  /** Visitors with an embed pass or visitor token. */
  visitor(): AccessDecorator;
}

/**
 * Declares who may call an endpoint; the same declaration appears in the OpenAPI document. A rule on the method wins over
 * one on the controller; an endpoint without any is refused and stops the start.
 */
export const Access: AccessDeclaration = Object.assign(
  (permission: string) => declare({ kind: 'permission', permission }),
  {
    public: (why: string) => declare({ kind: 'public', why }),
    member: () => declare({ kind: 'member' }),
    visitor: () => declare({ kind: 'visitor' }),
  },
);
