/* An event as a reader goes through it: elements, attributes and values, which a sink is given one after the other. Nothing
 * here asks for memory. */
#ifndef HRG_EVTX_EVENT_H
#define HRG_EVTX_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* [MS-EVEN6] 2.2.12; the flag makes a list of a type. */
enum value_type {
	VALUE_NULL = 0x00,
	VALUE_STRING = 0x01,
	VALUE_ANSI_STRING = 0x02,
	VALUE_INT8 = 0x03,
	VALUE_UINT8 = 0x04,
	VALUE_INT16 = 0x05,
	VALUE_UINT16 = 0x06,
	VALUE_INT32 = 0x07,
	VALUE_UINT32 = 0x08,
	VALUE_INT64 = 0x09,
	VALUE_UINT64 = 0x0a,
	VALUE_REAL32 = 0x0b,
	VALUE_REAL64 = 0x0c,
	VALUE_BOOL = 0x0d,
	VALUE_BINARY = 0x0e,
	VALUE_GUID = 0x0f,
	VALUE_SIZE = 0x10,
	VALUE_FILETIME = 0x11,
	VALUE_SYSTEMTIME = 0x12,
	VALUE_SID = 0x13,
	VALUE_HEX32 = 0x14,
	VALUE_HEX64 = 0x15,
	VALUE_HANDLE = 0x20,
	VALUE_BINXML = 0x21,
	VALUE_XML = 0x23,
	VALUE_LIST = 0x80
};

/* A value as the log has it. PADDING bytes may be read after it, whatever they are. */
enum { EVENT_PADDING = 32 };
struct event_value {
	const uint8_t *bytes;
	uint16_t len;
	uint8_t type;
};

/* Names that sinks look for. They are compared without the prefix of a namespace, since those who log make these up. */
enum known_name {
	NAME_OTHER,
	NAME_ACTIVITY_ID,
	NAME_CHANNEL,
	NAME_COMPUTER,
	NAME_CORRELATION,
	NAME_DATA,
	NAME_ERROR_CODE,
	NAME_EVENT_DATA,
	NAME_EVENT_ID,
	NAME_EVENT_RECORD_ID,
	NAME_EXECUTION,
	NAME_GUID,
	NAME_KEYWORD,
	NAME_KEYWORDS,
	NAME_LEVEL,
	NAME_MESSAGE,
	NAME_NAME,
	NAME_OPCODE,
	NAME_PROCESS_ID,
	NAME_PROCESSING_ERROR_DATA,
	NAME_PROVIDER,
	NAME_RELATED_ACTIVITY_ID,
	NAME_RENDERING_INFO,
	NAME_SECURITY,
	NAME_SYSTEM,
	NAME_SYSTEM_TIME,
	NAME_TASK,
	NAME_THREAD_ID,
	NAME_TIME_CREATED,
	NAME_USER_DATA,
	NAME_USER_ID,
	NAME_VERSION,
	NAME_XMLNS /* and all that it begins */
};

/* UTF-8, without control characters. */
enum { NAME_PADDING = 32 };
struct event_name {
	const char *
		text; /* after the prefix; "; " is before it and "=" after it, and so are NAME_PADDING bytes that can be read */
	uint16_t len; /* bytes */
	uint8_t known;
};

/* What a sink wants of the System of an event: the elements of these names, and the attributes of those that have one of these,
 * as bits by enum known_name. It may be given others as well. */
struct system_wanted {
	uint64_t elements, attributes;
};
#define WANTED(name) (UINT64_C(1) << (name))

/* What is said of an event. Each element starts and ends. A `Name` that its template gives it comes with its start, or `given`
 * is NULL. Its other attributes come next, `Name` before the others; each begins, has any number of values, which belong
 * together, and ends. Values outside attributes are the element's text. An element whose content is a list comes once for each
 * item. start() and attribute() say false for what the sink wants to hear no more of, its end included. leaf()
 * does what start(), value() and end() do for an element without other attributes; where it is NULL, these are called. */
struct event_sink {
	bool (*start)(struct event_sink *sink, const struct event_name *element, const struct event_name *given);
	bool (*attribute)(struct event_sink *sink, const struct event_name *name);
	void (*end_attribute)(struct event_sink *sink);
	void (*value)(struct event_sink *sink, const struct event_value *value);
	void (*end)(struct event_sink *sink);
	void (*leaf)(struct event_sink *sink, const struct event_name *element, const struct event_name *given,
	             const struct event_value *value);
};

#endif
