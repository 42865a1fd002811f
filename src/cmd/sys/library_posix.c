#include "cmd/sys/library.h"

#include <dlfcn.h>
#include <string.h>

bool sys_load(const char *name, const char *const *names, size_t count, void *calls)
{
	void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
	bool ok = library != NULL;

	for (size_t i = 0; ok && i < count; i++) {
		void *const address = dlsym(library, names[i]);
		memcpy((char *)calls + i * sizeof address, &address, sizeof address);
		ok = address != NULL;
	}
	if (library)
		dlclose(library);
	return ok;
}
