import Testing

@testable import Platform

@Suite("Memory that is not needed any more")
struct LeftoverHeapTests {
    @Test func `is given back from where the heap of a thread ends`() async {
        await #expect(processExitsWith: .success) {
            let thread = try Thread {
                let size = 24 << 20
                // The C library keeps as much for later as the largest block was that it had back.
                withExtendedLifetime([UInt8](repeating: 1, count: size)) {}
                // What looking takes is there before the blocks, which then are the heap's end.
                _ = residentSize()
                var blocks = (0..<size >> 10).map { _ in [UInt8](repeating: 1, count: 1 << 10) }
                let full = blocks.isEmpty ? 0 : residentSize()
                blocks = []
                Heap.giveBack()
                let gone = full - residentSize()
                #expect(gone > size - size / 8)
            }
            thread.join()
        }
    }
}

/// The bytes of this process that are in memory (proc(5), statm).
private func residentSize() -> Int {
    let text = (try? File.read("/proc/self/statm")).map { String(decoding: $0, as: UTF8.self) }
    let words = text?.split(separator: " ") ?? []
    return words.count > 1 ? (Int(words[1]) ?? 0) * 4096 : 0
}
