import { ApiClient } from '@libs/api-client';

export const api = new ApiClient();
