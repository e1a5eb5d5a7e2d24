extension Workload {
    /// All that are measured with servers of our own.
    package static let all: [Workload] = [
        .connect, .firstByte(), .request, .datagram(), .bulk, .packets,
    ]
}
