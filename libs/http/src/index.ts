export type { AccessRule } from './access.js';
export { Access } from './access.js';
export { ApiProduces, ApiProperty, ApiPropertyOptional } from './api-shapes.js';
export type { RunningService, ServiceOptions } from './bootstrap.js';
export { bootstrapService, startFailure, startOrExit } from './bootstrap.js';
export { type BytesType, SentBytes, TakesBytes } from './bytes-body.js';
export type {
  Authenticator,
  ContextRunner,
  MemberPrincipal,
  Principal,
  RequestContext,
  VisitorPrincipal,
} from './caller.js';
export { AUTHENTICATOR, Caller, CONTEXT_RUNNER, callerOf, contextOf } from './caller.js';
export { installFastFrames, textFrame } from './fast-frames.js';
export type { ReadinessCheck } from './health.controller.js';
export { READINESS_CHECKS } from './health.controller.js';
export type { IdempotencyResult, IdempotencyScope, IdempotencyStore } from './idempotency.js';
export { IDEMPOTENCY_STORE, Idempotent, MemoryIdempotencyStore } from './idempotency.js';
export type { FieldFault, FieldRefusal } from './invalid-input.js';
export { FieldsRefusedError, InvalidInputError } from './invalid-input.js';
export { type Measure, Measures, type Sample } from './measures.js';
export { type HandlerDocs, writeOpenApi } from './open-api.js';
export type { CrossOriginRule } from './origin-check.js';
export { isForeignWithCookie, SESSION_COOKIE } from './origin-check.js';
export { COLLEAGUE_NAMES, type ColleagueNames } from './overtaken.interceptor.js';
export { requirePermission } from './permission.js';
export type { Problem } from './problem.js';
export { problemOf } from './problem.js';
export { NestedDto, NotRef, Ref } from './ref.js';
export type { RefEntry } from './ref-registry.js';
export { assertAllIdsDeclared, listRefs } from './ref-registry.js';
export type { RouteEntry } from './routes.js';
export { assertAllRoutesDeclared, listRoutes } from './routes.js';
export type { PanelPage } from './security-headers.js';
export { isOrigin, sendConsolePage, sendPanelPage } from './security-headers.js';
export type { StaticSite, StaticSites } from './static-files.js';
export { registerStatic } from './static-files.js';
export { CONFIG, LOG } from './tokens.js';
