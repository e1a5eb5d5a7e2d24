import Testing

@testable import Platform

@Suite struct `A process's processors` {
    private func sleeper() throws(PlatformError) -> Process {
        let null = try Descriptor(opening: "/dev/null", 2, "open")
        return try Process(Program("sleep", ["60"]), input: null, output: null, errors: null)
    }

    private func allowed(_ process: ProcessID) throws -> Substring? {
        let status = String(
            decoding: try File.read("/proc/\(process.rawValue)/status"), as: UTF8.self)
        return status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") }?
            .split(separator: "\t").last
    }

    @Test func `are those that it is placed on`() throws {
        let process = try sleeper()
        let (before, all) = (try allowed(process.id), try Thread.allowedProcessors)
        let last = try #require(all.last)
        try process.id.place(on: [last])
        #expect(try allowed(process.id) == "\(last)")
        try process.id.place(on: all)
        #expect(try allowed(process.id) == before)
    }

    @Test func `are refused by number when there are none such`() throws {
        let process = try sleeper()
        for numbers in [[4000], [100_000], [-1], []] {
            let error = #expect(throws: PlatformError.self) {
                try process.id.place(on: numbers)
            }
            #expect(error?.code == .invalid)
        }
    }

    @Test func `are nobody's once it has ended`() throws {
        let id = try sleeper().id
        #expect(throws: PlatformError.self) { try id.place(on: [0]) }
    }
}
