/// A set of measurements that a user asks for by one word.
package protocol Suite {
    /// Measures, and tells the observer everything that it finds.
    mutating func run(_ observer: Observer) throws
}
