// The browser's API: the one name under which every other file uses it.

export const ext = chrome;

export type Sender = chrome.runtime.MessageSender;
export type Port = chrome.runtime.Port;
export type Tab = chrome.tabs.Tab;
