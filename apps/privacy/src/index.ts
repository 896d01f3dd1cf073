export { PrivacyDeskModule } from './privacy-desk.module.js';
