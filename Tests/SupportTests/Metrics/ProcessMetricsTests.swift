import Platform
import Testing

@testable import Support

@Suite("Metrics of the process")
struct ProcessMetricsTests {
    @Test func `the kernel's files are read, whatever the program is called`() {
        let metrics = ProcessMetrics(
            status: "Name:\tx\nVmSize:\t    3000 kB\nVmRSS:\t    1024 kB\nThreads:\t3\n",
            stat: "7 (we) f)t) S 1 7 7 0 -1 4194304 1 2 3 4 150 50 0 0 20 0 3 0 12345 1 1",
            machine: "cpu  1 2\nbtime 1000\nprocesses 5\n")
        #expect(metrics.residentBytes == 1_048_576 && metrics.virtualBytes == 3_072_000)
        #expect(metrics.threads == 3 && metrics.processorSeconds == 2)
        #expect(metrics.startTime == 1123.45)
    }

    @Test func `what cannot be read is left out`() {
        let metrics = ProcessMetrics(status: "", stat: "", machine: "")
        #expect(Exposition.text(metrics.families).isEmpty)
    }

    @Test func `this process is told of`() throws {
        let metrics = ProcessMetrics.current
        #expect(try #require(metrics.residentBytes) > 1_000_000)
        #expect(try #require(metrics.openDescriptors) >= 3)
        let age = Double(WallTime.now.nanoseconds) / 1e9 - (try #require(metrics.startTime))
        #expect(age > -2 && age < 3600)
        #expect(metrics.families.allSatisfy { !$0.samples.isEmpty })
    }
}
