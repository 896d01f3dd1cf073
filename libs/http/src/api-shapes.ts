import type {
  ApiBodyOptions,
  ApiPropertyOptions,
  ApiExcludeController as ExcludeController,
  ApiProperty as Property,
} from '@nestjs/swagger';

type Swagger = typeof import('@nestjs/swagger');
type Anywhere = (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => void;

/** What controllers and DTOs say of themselves, until somebody wants the document. */
const unsaid: ((swagger: Swagger) => void)[] = [];

/**
 * A decorator of `@nestjs/swagger` that takes effect once `describeShapes` is called, in the order in which the classes
 * were declared: only the OpenAPI document reads it, and loading the package takes a tenth of a start.
 */
const later =
  (decoratorOf: (swagger: Swagger) => unknown): Anywhere =>
  (target, key, descriptor) =>
    void unsaid.push((swagger) => (decoratorOf(swagger) as Anywhere)(target, key, descriptor));

/** Loads `@nestjs/swagger` and gives it what every class declared so far. */
export async function describeShapes(): Promise<Swagger> {
  const swagger = await import('@nestjs/swagger');
  for (const say of unsaid.splice(0)) say(swagger);
  return swagger;
}

/** A property of what is sent or answered; the options are those of `@nestjs/swagger`. */
export const ApiProperty: typeof Property = (options?: ApiPropertyOptions) =>
  later((swagger) => swagger.ApiProperty(options));
/** A property that may be absent. */
export const ApiPropertyOptional: typeof Property = (options?: ApiPropertyOptions) =>
  later((swagger) => swagger.ApiPropertyOptional(options));
/** Media types that an endpoint takes. */
export const ApiConsumes = (...types: string[]): MethodDecorator => later((swagger) => swagger.ApiConsumes(...types));
/** Media types that an endpoint answers with. */
export const ApiProduces = (...types: string[]): MethodDecorator => later((swagger) => swagger.ApiProduces(...types));
/** A body that no DTO describes. */
export const ApiBody = (options: ApiBodyOptions): MethodDecorator => later((swagger) => swagger.ApiBody(options));
/** Left out of the document. */
export const ApiExcludeController: typeof ExcludeController = () => later((swagger) => swagger.ApiExcludeController());
