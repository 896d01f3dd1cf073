import { declareStore } from '@libs/privacy-core';

declareStore({ store: 'event', name: 'tenant.tenant-created.v1', fields: {} });
