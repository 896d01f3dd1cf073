export type { Ack, Refused } from './ack.js';
export type {
  AgentClientPackets,
  AgentItem,
  AgentSend,
  AgentSent,
  AgentServerPackets,
  AgentSync,
  AgentSynced,
  ContactCard,
  ConversationPage,
  ConversationRef,
  ConversationState,
  ConversationSummary,
  ConversationView,
  ItemPage,
  Me,
  SignIn,
} from './agent-protocol.js';
export { AGENT_NAMESPACE } from './agent-protocol.js';
export { LIMITS, SENDER_ID } from './limits.js';
export type { PacketRefs } from './packet-refs.js';
export { AGENT_PACKET_REFS, WIDGET_PACKET_REFS } from './packet-refs.js';
export type {
  ConsentGranted,
  ConsentRequest,
  DeliveryCursor,
  InboxSettings,
  Notice,
  PassGranted,
  PassRequest,
  Typing,
  VisitorItem,
  VisitorSend,
  VisitorSent,
  VisitorSync,
  VisitorSynced,
  WidgetAuth,
  WidgetClientPackets,
  WidgetServerPackets,
} from './widget-protocol.js';
export { WIDGET_NAMESPACE } from './widget-protocol.js';
