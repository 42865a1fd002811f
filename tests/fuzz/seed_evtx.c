/* Writes the inputs that fuzz_evtx begins with into the folder that is its argument: the chunks of logs with events of every
 * kind, and a whole log. */
#include "unit/evtx_file.h"

#include <sys/stat.h>
#include <unistd.h>

static void write_file(const char *folder, const char *name, const char *bytes, size_t len)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *const file = fopen(path, "w");
	binxml_require(file && fwrite(bytes, 1, len, file) == len && fclose(file) == 0, "no file can be written");
}

/* Every token, and values of every type. */
static void every_token(struct chunk *c, const struct evtx_event *e)
{
	static const unsigned types[] = {0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09,
	                                 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13,
	                                 0x14, 0x15, 0x20, 0x23, 0x81, 0x82, 0x86, 0x88, 0x8f, 0x93};
	static const char bytes[] = "A\0b\0\0\0c\1\1\0\0\0\0\5\22\0\0\0gh";
	struct binxml_values values = {0};
	size_t size;

	(void)e;
	binxml_fragment(c);
	if (binxml_template(c, 5, &size)) {
		const size_t event = binxml_start(c, "Event"), data = binxml_start(c, "UserData");
		for (unsigned i = 0; i < sizeof types / sizeof *types; i++) {
			const size_t value = binxml_start(c, i % 2 ? "Data" : "Value");
			binxml_string(c, XML_VALUE | XML_MORE, i % 3 ? "a" : "");
			binxml_substitution(c, i % 2 ? XML_OPTIONAL : XML_SUBSTITUTION, i, (enum binxml_type)types[i]);
			if (i % 4 == 0)
				binxml_string(c, XML_CDATA, "c");
			if (i % 5 == 0)
				binxml_bytes(c, "\x08!\0", 3);
			binxml_close(c, value);
		}
		binxml_put(c, XML_ENTITY, 1);
		binxml_name(c, "amp");
		binxml_put(c, XML_INSTRUCTION, 1);
		binxml_name(c, "target");
		binxml_string(c, XML_INSTRUCTION_DATA, "data");
		binxml_close(c, data);
		binxml_close(c, event);
		binxml_template_end(c, size);
	}
	for (unsigned i = 0; i < sizeof types / sizeof *types; i++)
		binxml_add_value(&values, (enum binxml_type)types[i], bytes, i % 3 ? 4 : i % 2 ? 8 : 16);
	binxml_put_values(c, &values);
	binxml_put(c, XML_END_OF_FILE, 1);
}

static void plain(struct chunk *c, const struct evtx_event *e)
{
	(void)e;
	binxml_fragment(c);
	const size_t event = binxml_open(c, "Event", true);
	binxml_attribute(c, "Name", "n", 0, TYPE_STRING);
	binxml_put(c, XML_CLOSE_START, 1);
	const size_t data = binxml_start(c, "Data");
	binxml_string(c, XML_VALUE, "v");
	binxml_close(c, data);
	binxml_close(c, event);
	binxml_put(c, XML_END_OF_FILE, 1);
}

int main(int argc, char **argv)
{
	static const struct evtx_event events[] = {
		{.provider = "P", .computer = "pc", .id = 1, .values = {{"Status", "0xc000006d"}, {"Text", "ação 漢字 😀"}}},
		{.provider = "P", .computer = "pc", .id = 2, .values = {{NULL, "one"}, {NULL, "two"}}},
		{.provider = "P", .computer = "pc", .id = 4, .user_data = "Session", .values = {{"Binary", "00ff"}}},
		{.provider = "P", .computer = "pc", .id = 5},
		{.body = every_token},
		{.body = plain},
	};
	const size_t count = sizeof events / sizeof *events;

	binxml_require(argc == 2 && (mkdir(argv[1], 0777) == 0 || access(argv[1], W_OK) == 0), "usage: seed_evtx FOLDER");
	for (size_t i = 0; i <= count; i++) {
		struct evtx_file *const f = calloc(1, sizeof *f);
		char name[32];
		binxml_require(f != NULL, "out of memory");
		for (size_t k = i < count ? i : 0; k < (i < count ? i + 1 : count); k++)
			evtx_file_add(f, &events[k]);
		const size_t used = f->chunk.at;
		evtx_file_end(f);
		snprintf(name, sizeof name, "chunk%zu", i);
		write_file(argv[1], name, f->bytes.ptr + EVTX_HEADER, used);
		snprintf(name, sizeof name, "log%zu", i);
		f->bytes.ptr[EVTX_HEADER + used] = 1;
		write_file(argv[1], name, f->bytes.ptr, EVTX_HEADER + used + 1);
		hrg_buf_free(&f->bytes);
		free(f);
	}
	return 0;
}
