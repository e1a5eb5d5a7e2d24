import Testing

@testable import Platform

struct `A platform error` {
    @Test func `says what was tried, on what, why not, and what to do`() {
        let error = PlatformError(.tooManyOpenFiles, "open socket", "for DNS")
        #expect(
            error.description == """
                open socket for DNS: Too many open files \
                (raise the descriptor limit: LimitNOFILE= or ulimit -n)
                """)
        #expect(PlatformError(.busy, "bind").description == "bind: Device or resource busy")
        #expect(error.advising("wait").description.hasSuffix("(wait)"))
    }

    @Test(arguments: [
        (Errno.noSuchEntry, true), (.noSuchProcess, true), (.noDevice, true),
        (.noSuchDeviceOrAddress, true), (.notDirectory, true), (.notPermitted, false),
    ])
    func `tells what has vanished`(code: Errno, expected: Bool) {
        #expect(PlatformError(code, "try").isVanished == expected)
    }
}
