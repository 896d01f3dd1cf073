export { TicketModule } from './ticket.module.js';
