/* Values in events: of every type, in lists, and what may be left out. */
#include "unit/evtx_log.h"

/* A value as it is stored, in hexadecimal digits, and what the line says. */
struct stored {
	unsigned type;
	const char *hex, *text;
};

/* Where it goes: the token of the substitution, and the attribute, or NULL for the element itself. */
struct placed {
	struct stored value;
	unsigned token;
	const char *attribute;
};

static void put_values(struct chunk *c, const struct stored *s)
{
	struct binxml_values values = {0};
	char bytes[512];
	size_t len = 0;

	for (; s->hex[2 * len]; len++)
		bytes[len] = (char)strtoul((char[]){s->hex[2 * len], s->hex[2 * len + 1], 0}, NULL, 16);
	binxml_add_value(&values, (enum binxml_type)s->type, bytes, len);
	binxml_put_values(c, &values);
}

/* <Event><EventData><Data Name='V'>value</Data><Data>end</Data></EventData></Event>, or <Data Name='V' attribute='value'>. */
static void value_body(struct chunk *c, const struct evtx_event *e)
{
	const struct placed *const s = e->context;
	size_t size;

	binxml_fragment(c);
	if (binxml_template(c, 1, &size)) {
		const size_t event = binxml_start(c, "Event"), data = binxml_start(c, "EventData");
		const size_t value = binxml_open(c, "Data", true), list = binxml_open_size(c);
		binxml_put(c, XML_ATTRIBUTE | (s->attribute ? XML_MORE : 0u), 1);
		binxml_name(c, "Name");
		binxml_string(c, XML_VALUE, "V");
		if (s->attribute) {
			binxml_put(c, XML_ATTRIBUTE, 1);
			binxml_name(c, s->attribute);
			binxml_substitution(c, s->token, 0, (enum binxml_type)s->value.type);
		}
		binxml_close_size(c, list);
		binxml_put(c, XML_CLOSE_START, 1);
		if (!s->attribute)
			binxml_substitution(c, s->token, 0, (enum binxml_type)s->value.type);
		binxml_close(c, value);
		const size_t end = binxml_start(c, "Data");
		binxml_string(c, XML_VALUE, "end");
		binxml_close(c, end);
		binxml_close(c, data);
		binxml_close(c, event);
		binxml_template_end(c, size);
	}
	put_values(c, &s->value);
	binxml_put(c, XML_END_OF_FILE, 1);
}

static void expect_placed(const struct placed *p)
{
	char line[512];

	snprintf(line, sizeof line, "- - - Information -: %s%send\n", p->value.text, *p->value.text ? "; " : "");
	expect_body(value_body, p, line);
}

static void expect_stored(const struct stored *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect_placed(&(struct placed){cases[i], XML_SUBSTITUTION, NULL});
}

static void values_of_every_type_are_written_as_windows_shows_them(void **state)
{
	static const struct stored cases[] = {
		{0x00, "", "V="},
		{0x01, "410042000000", "V=AB"},
		{0x01, "4100000042000000", "V=A"}, /* NUL ends it */
		{0x01, "", "V="},
		{0x02, "4142e98000", "V=ABé€"},
		{0x02, "3c613e26", "V=<a>&"},
		{0x03, "ff", "V=-1"},
		{0x03, "80", "V=-128"},
		{0x04, "ff", "V=255"},
		{0x05, "feff", "V=-2"},
		{0x06, "feff", "V=65534"},
		{0x07, "05000780", "V=-2147024891"},
		{0x07, "ffffffff", "V=-1"},
		{0x07, "ffffff7f", "V=2147483647"},
		{0x08, "feffffff", "V=4294967294"},
		{0x09, "0000000000000080", "V=-9223372036854775808"},
		{0x0a, "ffffffffffffffff", "V=18446744073709551615"},
		{0x0b, "0000c03f", "V=1.5"},
		{0x0b, "cdcccc3d", "V=0.1"},
		{0x0c, "182d4454fb210940", "V=3.14159265358979"},
		{0x0c, "0000000000000080", "V=-0"},
		{0x0d, "01000000", "V=true"},
		{0x0d, "00000000", "V=false"},
		{0x0e, "0102ff", "V=0102FF"},
		{0x0e, "", "V="},
		{0x0f, "00112233445566778899aabbccddeeff", "V={33221100-5544-7766-8899-AABBCCDDEEFF}"},
		{0x10, "44332211", "V=0x11223344"},
		{0x10, "0010000000000000", "V=0x1000"},
		{0x11, "87d6125f3ab0dc01", "V=2026-03-10T03:02:46.393408700Z"},
		{0x11, "0000000000000000", "V=1601-01-01T00:00:00.000000000Z"},
		{0x11, "00c034a8fc15a901", "V=1980-02-29T00:00:00.000000000Z"},
		{0x11, "ffffffffffffffff", "V=0xffffffffffffffff"},
		{0x12, "ea070b00000016000a000b000c00e703", "V=2026-11-22T10:11:12.999Z"},
		{0x13, "010500000000000515000000010203040506070809101112f4010000",
	         "V=S-1-5-21-67305985-134678021-303108105-500"},
		{0x13, "0100000000000000", "V=S-1-0"},
		{0x14, "18000000", "V=0x18"},
		{0x14, "00000000", "V=0x0"},
		{0x15, "e703000000000000", "V=0x3e7"},
		{0x20, "e703000000000000", "V=0x3e7"},
		{0x23, "3c0061002f003e00", "V=<a/>"},
	};

	(void)state;
	expect_stored(cases, sizeof cases / sizeof *cases);
}

static void values_of_another_size_than_their_types_are_still_shown(void **state)
{
	static const struct stored cases[] = {
		{0x08, "4433", "V=13124"},    {0x14, "4433", "V=0x3344"},
		{0x07, "fe", "V=-2"},         {0x0d, "01", "V=true"},
		{0x08, "010203", "V=010203"}, {0x0f, "0102", "V=0102"},
		{0x11, "0102", "V=0102"},     {0x12, "0102", "V=0102"},
		{0x0b, "0102", "V=0102"},     {0x13, "0102000000000005", "V=0102000000000005"},
		{0x13, "0102", "V=0102"},     {0x01, "410042", "V=A"},
	};

	(void)state;
	expect_stored(cases, sizeof cases / sizeof *cases);
}

static void a_list_gives_its_element_once_for_each_item(void **state)
{
	static const struct stored cases[] = {
		{0x81, "410000004200", "V=A; V=B"},
		{0x81, "41000000420000000000", "V=A; V=B; V="},
		{0x81, "", "V="},
		{0x82, "41004200", "V=A; V=B"},
		{0x83, "ff01", "V=-1; V=1"},
		{0x84, "ff01", "V=255; V=1"},
		{0x85, "ffff0100", "V=-1; V=1"},
		{0x86, "ff010200", "V=511; V=2"},
		{0x87, "ffffffff01000000", "V=-1; V=1"},
		{0x88, "ff00000001000000", "V=255; V=1"},
		{0x89, "ffffffffffffffff", "V=-1"},
		{0x8a, "ff000000000000000100000000000000", "V=255; V=1"},
		{0x8b, "0000c03f0000c03f", "V=1.5; V=1.5"},
		{0x8c, "000000000000f83f", "V=1.5"},
		{0x8d, "0000000001000000", "V=false; V=true"},
		{0x8f, "00112233445566778899aabbccddeeff", "V={33221100-5544-7766-8899-AABBCCDDEEFF}"},
		{0x90, "ff00000001000000ff000000", "V=0xff; V=0x1; V=0xff"},
		{0x91, "87d6125f3ab0dc01", "V=2026-03-10T03:02:46.393408700Z"},
		{0x92, "ea070b00000016000a000b000c00e703", "V=2026-11-22T10:11:12.999Z"},
		{0x93, "010100000000000512000000010100000000000512000000", "V=S-1-5-18; V=S-1-5-18"},
		{0x94, "ff00000001000000", "V=0xff; V=0x1"},
		{0x95, "ff000000000000000100000000000000", "V=0xff; V=0x1"},
		{0x88, "ff00000001", "V=255; V=1"}, /* the last is not whole */
	};

	(void)state;
	expect_stored(cases, sizeof cases / sizeof *cases);
}

/* <Data Type='t'>list</Data>, and with `nested` an attribute whose value is an element. */
static void typed_list_body(struct chunk *c, const struct evtx_event *e)
{
	const bool nested = *(const bool *)e->context;
	struct binxml_values values = {0};
	size_t size;

	binxml_fragment(c);
	if (binxml_template(c, 1, &size)) {
		const size_t event = binxml_start(c, "Event"), data = binxml_start(c, "EventData");
		const size_t value = binxml_open(c, "Data", true);
		binxml_attribute(c, "Type", nested ? NULL : "t", 1, TYPE_XML);
		binxml_put(c, XML_CLOSE_START, 1);
		binxml_substitution(c, XML_SUBSTITUTION, 0, TYPE_STRINGS);
		binxml_close(c, value);
		binxml_close(c, data);
		binxml_close(c, event);
		binxml_template_end(c, size);
	}
	binxml_add_value(&values, TYPE_STRINGS, "A\0\0\0B\0\0", 8);
	binxml_add_value(&values, TYPE_XML, "\x0f\x01\x01", 4);
	binxml_put_values(c, &values);
	binxml_put(c, XML_END_OF_FILE, 1);
}

static void each_item_of_a_list_has_the_attributes(void **state)
{
	(void)state;
	expect_body(typed_list_body, &(const bool){false}, "- - - Information -: Type=t; A; Type=t; B\n");
}

static void an_attribute_holds_no_elements(void **state)
{
	struct evtx_file *const f = new_file();

	(void)state;
	evtx_file_add(f, &(struct evtx_event){.body = typed_list_body, .context = &(const bool){true}});
	evtx_file_end(f);
	struct result r = read_bytes(f->bytes.ptr, f->bytes.len);
	assert_string_equal(r.why, "event 1 is damaged");
	hrg_buf_free(&r.lines);
	free_file(f);
}

static void what_is_optional_and_null_is_left_out(void **state)
{
	static const struct placed cases[] = {
		{{0x00, "", ""}, XML_OPTIONAL, NULL},
		{{0x01, "", "V="}, XML_OPTIONAL, NULL},
		{{0x81, "41000000", "V=A"}, XML_OPTIONAL, NULL},
		{{0x00, "", "V="}, XML_OPTIONAL, "A"},
		{{0x01, "7800", "V A=x"}, XML_OPTIONAL, "A"},
		{{0x00, "", "V A="}, XML_SUBSTITUTION, "A"},
		{{0x81, "410000004200", "V A=A, B"}, XML_SUBSTITUTION, "A"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_placed(&cases[i]);
}

static void utf_16_becomes_utf_8_whatever_it_holds(void **state)
{
	static const struct stored cases[] = {
		{0x01, "3dd800de", "V=\xf0\x9f\x98\x80"}, /* a pair */
		{0x01, "00d84100",
	         "V=\xef\xbf\xbd"
	         "A"}, /* a half without the other */
		{0x01, "410000dc", "V=A\xef\xbf\xbd"},
		{0x01,
	         "4100"
	         "00d8",
	         "V=A\xef\xbf\xbd"},
		{0x01, "00d800d800dc", "V=\xef\xbf\xbd\xf0\x90\x80\x80"},
		{0x01, "feff4100ffff", "V=A"}, /* no characters */
		{0x01, "4100feff4200", "V=A B"},
		{0x01, "e9002220", "V=\xc3\xa9\xe2\x80\xa2"},
		{0x01, "61006200630064006500660067003dd800de6800", "V=abcdefg\xf0\x9f\x98\x80h"},
		{0x01, "6100620063006400650066006700680069006a000a006b00", "V=abcdefghij k"},
		{0x01, "610062006300640065006600670068000000", "V=abcdefgh"},
		{0x01, "0d000a00200041000d000a0009004200200020004300", "V=A B  C"},
		{0x01, "41007f004200", "V=A B"},
		{0x01, "2000", "V="},
		{0x01, "3000780030003000300030003000300031003800", "V=0x18"}, /* filled up by who logged it */
	};

	(void)state;
	expect_stored(cases, sizeof cases / sizeof *cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_of_every_type_are_written_as_windows_shows_them),
		cmocka_unit_test(values_of_another_size_than_their_types_are_still_shown),
		cmocka_unit_test(a_list_gives_its_element_once_for_each_item),
		cmocka_unit_test(each_item_of_a_list_has_the_attributes),
		cmocka_unit_test(an_attribute_holds_no_elements),
		cmocka_unit_test(what_is_optional_and_null_is_left_out),
		cmocka_unit_test(utf_16_becomes_utf_8_whatever_it_holds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
