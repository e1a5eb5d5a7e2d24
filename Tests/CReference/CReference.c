#include "CReference.h"

#include <arpa/inet.h>
#include <string.h>

enum { longest_text = 64 };

static uint64_t get(const uint8_t *bytes, size_t count) {
    uint64_t value = 0;
    for (size_t index = 0; index < count; index++) value = value << 8 | bytes[index];
    return value;
}

static void put(uint8_t *bytes, size_t count, uint64_t value) {
    for (size_t index = count; index > 0; index--, value >>= 8) bytes[index - 1] = (uint8_t)value;
}

int weft_reference_pton(int is_v6, const uint8_t *text, size_t count, uint64_t *high, uint64_t *low) {
    /* No address is that long, and a NUL would hide what follows it. */
    if (count >= longest_text || (count > 0 && memchr(text, 0, count))) return 0;
    char terminated[longest_text] = {0};
    if (count > 0) memcpy(terminated, text, count);
    uint8_t bytes[16] = {0};
    if (inet_pton(is_v6 ? AF_INET6 : AF_INET, terminated, bytes) != 1) return 0;
    *high = is_v6 ? get(bytes, 8) : 0;
    *low = is_v6 ? get(bytes + 8, 8) : get(bytes, 4);
    return 1;
}

size_t weft_reference_ntop(int is_v6, uint64_t high, uint64_t low, uint8_t *text, size_t capacity) {
    uint8_t bytes[16] = {0};
    if (is_v6) {
        put(bytes, 8, high);
        put(bytes + 8, 8, low);
    } else {
        put(bytes, 4, low);
    }
    if (!inet_ntop(is_v6 ? AF_INET6 : AF_INET, bytes, (char *)text, (socklen_t)capacity)) return 0;
    return strlen((char *)text);
}
