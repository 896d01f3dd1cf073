import type { Declared, PersonalFacets } from './facets.js';
import { notPersonal, personal } from './facets.js';
import type { JsonSchema } from './json-shape.js';

/** A class that carries declarations. */
export type DeclaringClass = abstract new (...args: never[]) => object;

/** What one property declares: the value itself, or for JSON each path in it. */
export type PropertyDeclaration =
  | { readonly type: 'value'; readonly declared: Declared }
  | { readonly type: 'json'; readonly schema: JsonSchema };

const declarations = new Map<object, Map<string, PropertyDeclaration>>();

/** The property holds personal data; `erase`, `export` and `retain` have no default on purpose. */
export function Personal(facets: PersonalFacets): PropertyDecorator {
  return (prototype, property) => register(prototype, property, { type: 'value', declared: personal(facets) });
}

/** The property tells nothing about a person, and why a reviewer can believe that. */
export function NotPersonal(why: string): PropertyDecorator {
  const declared = notPersonal(why);
  return (prototype, property) => register(prototype, property, { type: 'value', declared });
}

/** The property holds JSON of exactly these paths, each declared for itself. */
export function JsonShape(schema: JsonSchema): PropertyDecorator {
  return (prototype, property) => register(prototype, property, { type: 'json', schema });
}

function register(prototype: object, property: string | symbol, declaration: PropertyDeclaration): void {
  if (typeof property !== 'string') throw new TypeError('A declared property has a name.');
  const own = declarations.get(prototype) ?? new Map<string, PropertyDeclaration>();
  if (own.has(property)) {
    throw new TypeError(`${prototype.constructor.name}.${property} is declared twice; keep one declaration.`);
  }
  own.set(property, declaration);
  declarations.set(prototype, own);
}

/** All declarations of a class, those of its base classes included. */
export function declarationsOf(entity: DeclaringClass): ReadonlyMap<string, PropertyDeclaration> {
  const chain: object[] = [];
  for (let at = entity.prototype as object | null; at !== null; at = Object.getPrototypeOf(at)) chain.push(at);
  const all = new Map<string, PropertyDeclaration>();
  for (const prototype of chain.reverse()) {
    for (const [property, declaration] of declarations.get(prototype) ?? []) all.set(property, declaration);
  }
  return all;
}
