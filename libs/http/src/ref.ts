import { isId } from '@libs/kernel';
import { Type } from 'class-transformer';
import { IsDefined, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import { ApiProperty } from './api-shapes.js';

/** A constructor of a DTO. */
export type DtoClass = new (...args: never[]) => object;

/** Declaration of one id: the resource it names, or why it names none. */
export type RefDeclaration =
  | { readonly resource: string; readonly each: boolean; readonly notRef?: never }
  | { readonly notRef: string; readonly resource?: never };

/** A DTO inside a DTO. */
export interface NestedDeclaration {
  readonly type: () => DtoClass;
  readonly each: boolean;
}

interface RefOptions {
  /** The property holds a list. */
  readonly each?: boolean;
  /** The property may be absent. */
  readonly optional?: boolean;
}

type RefDecorator = (target: object, key: string | symbol | undefined, index?: number) => void;

const PROPERTY_REFS = 'custodia:property-refs';
const PARAMETER_REFS = 'custodia:parameter-refs';
const NESTED = 'custodia:nested';

/**
 * Says that a DTO property, path parameter or query parameter is the id of a resource: its form is checked, and the
 * matrix of tests that calls every endpoint with another tenant's ids knows about it.
 */
export function Ref(resource: string, options: RefOptions = {}): RefDecorator {
  const each = options.each ?? false;
  return (target, key, index) => {
    const declaration = { resource, each };
    if (index !== undefined) return declareParameter(target, key, index, declaration);
    const property = String(key);
    declareOn(PROPERTY_REFS, target, property, declaration);
    ValidateBy({ name: 'ref', validator: { validate: isId } }, { each })(target, property);
    // Validating what lies inside says nothing of an object that is not there.
    (options.optional === true ? IsOptional() : IsDefined())(target, property);
    ApiProperty({ type: String, format: 'uuid', isArray: each, required: options.optional !== true })(target, property);
  };
}

/** Says why something whose name ends in `Id` is the id of no resource; how it is validated is declared beside it. */
export function NotRef(why: string): RefDecorator {
  return (target, key, index) => {
    if (index !== undefined) return declareParameter(target, key, index, { notRef: why });
    declareOn(PROPERTY_REFS, target, String(key), { notRef: why });
  };
}

/** A DTO inside a DTO, validated and searched for ids; use it in place of `ValidateNested` and `Type`. */
export function NestedDto(type: () => DtoClass, options: RefOptions = {}): PropertyDecorator {
  const each = options.each ?? false;
  return (target, key) => {
    const property = String(key);
    declareOn(NESTED, target, property, { type, each });
    Type(type)(target, property);
    ValidateNested({ each })(target, property);
    // Validating what lies inside says nothing of an object that is not there.
    (options.optional === true ? IsOptional() : IsDefined())(target, property);
    ApiProperty({ type, isArray: each, required: options.optional !== true })(target, property);
  };
}

/** Ids declared on the properties of a DTO. */
export function propertyRefs(dto: DtoClass): ReadonlyMap<string, RefDeclaration> {
  return read(PROPERTY_REFS, dto.prototype);
}

/** DTOs declared inside a DTO. */
export function nestedDtos(dto: DtoClass): ReadonlyMap<string, NestedDeclaration> {
  return read(NESTED, dto.prototype);
}

/** Ids declared on the parameters of a handler, by position. */
export function parameterRefs(controller: DtoClass, handler: string): ReadonlyMap<number, RefDeclaration> {
  return read(PARAMETER_REFS, controller.prototype, handler);
}

function declareParameter(
  target: object,
  key: string | symbol | undefined,
  index: number,
  value: RefDeclaration,
): void {
  if (key === undefined) throw new TypeError('@Ref is for parameters of handlers, not of constructors.');
  const all = new Map<number, RefDeclaration>(read(PARAMETER_REFS, target, key));
  Reflect.defineMetadata(PARAMETER_REFS, all.set(index, value), target, key);
}

function declareOn<T>(metadataKey: string, target: object, property: string, value: T): void {
  const all = new Map<string, T>(read(metadataKey, target));
  Reflect.defineMetadata(metadataKey, all.set(property, value), target);
}

function read<K, V>(metadataKey: string, target: object, key?: string | symbol): ReadonlyMap<K, V> {
  const found: unknown =
    key === undefined ? Reflect.getMetadata(metadataKey, target) : Reflect.getMetadata(metadataKey, target, key);
  return (found as ReadonlyMap<K, V> | undefined) ?? new Map<K, V>();
}
