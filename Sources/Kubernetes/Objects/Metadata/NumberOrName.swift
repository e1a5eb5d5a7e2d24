/// A port by number or by the name that a container gave it.
package enum NumberOrName: Hashable, Sendable {
    case number(Int32)
    case name(String)
}
