import Network

/// A node whose services change while it works, with clients and servers of one of them.
protocol ChangingNode: Sendable {
    var program: PathProgram { get }
    var services: ServiceSet { get }
    var family: IPFamily { get }
    var lab: PathLab { get }

    /// Waits until the program is ready for another change.
    func rest() throws
    /// Prepares a change of the measured service's endpoints; what is answered makes it happen.
    func prepare(_ endpoints: [Int]) throws -> () -> Void
}
