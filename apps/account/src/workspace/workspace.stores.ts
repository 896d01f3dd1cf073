import { declareStore } from '@libs/privacy-core';

declareStore({ store: 'event', name: 'tenant.tenant-renamed.v1', fields: {} });
