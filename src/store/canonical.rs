//! Canonical JSON, written straight from a record: keys in the order of their bytes, no blanks, UTF-8. The same bytes as those of
//! `serde_json` for the record's `Value`, whose keys are sorted, without making one: a million records feel the difference.

use std::fmt;

use serde::ser::{self, Serialize, Serializer};

use crate::domain::{LONGEST_TEXT, text_fault};

/// A value's canonical text, and whether every text in it can be recorded.
pub(super) fn canonical<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<(String, bool)> {
    let mut canonical = Canonical::default();
    value.serialize(&mut canonical)?;
    Ok((canonical.out, !canonical.is_faulty))
}

/// What is written so far.
#[derive(Default)]
struct Canonical {
    out: String,
    /// The fields of the objects that are open: where each begins, where its value does, and where it ends.
    fields: Vec<[usize; 3]>,
    /// Room for putting fields into their order.
    scratch: String,
    is_faulty: bool,
}

impl Canonical {
    fn plain(&mut self, value: impl fmt::Display) -> serde_json::Result<()> {
        use fmt::Write as _;
        write!(self.out, "{value}").map_err(ser::Error::custom)
    }

    fn text(&mut self, text: &str) -> serde_json::Result<()> {
        if is_plain(text) {
            self.out.push('"');
            self.out.push_str(text);
            self.out.push('"');
            return Ok(());
        }
        self.is_faulty |= text_fault(text).is_some();
        self.out.push_str(&serde_json::to_string(text)?);
        Ok(())
    }

    /// Ends a list of items, each of which has a comma after it.
    fn close(&mut self, end: char) {
        if self.out.ends_with(',') {
            self.out.pop();
        }
        self.out.push(end);
    }

    /// Puts the fields from the place `first` on into the order of their keys.
    fn sort(&mut self, first: usize) {
        let Self {
            out,
            fields,
            scratch,
            ..
        } = self;
        let of_object = fields.get_mut(first..).unwrap_or_default();
        let Some(start) = of_object.first().map(|[start, ..]| *start) else {
            return;
        };
        let key = |[start, value, _]: &[usize; 3]| out.get(*start..*value).unwrap_or_default();
        if !of_object.is_sorted_by(|left, right| key(left) <= key(right)) {
            of_object.sort_by(|left, right| key(left).cmp(key(right)));
            scratch.clear();
            for [start, _, end] in of_object {
                scratch.push_str(out.get(*start..*end).unwrap_or_default());
            }
            out.truncate(start);
            out.push_str(scratch);
        }
        fields.truncate(first);
    }
}

/// Whether a text is without fault, and the same in JSON: most are. It says no where somebody must look.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    let is_short = (1..=LONGEST_TEXT).contains(&text.len());
    is_short && !text.starts_with(' ') && text.bytes().all(plain)
}

/// A list or an object that is being written.
struct Open<'a> {
    canonical: &'a mut Canonical,
    /// Where its fields begin among those of all objects.
    first: usize,
    end: char,
}

impl<'a> Open<'a> {
    fn new(canonical: &'a mut Canonical, start: char, end: char) -> Self {
        canonical.out.push(start);
        let first = canonical.fields.len();
        Self {
            canonical,
            first,
            end,
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> serde_json::Result<()> {
        value.serialize(&mut *self.canonical)?;
        self.canonical.out.push(',');
        Ok(())
    }

    fn key<T: Serialize + ?Sized>(&mut self, key: &T) -> serde_json::Result<()> {
        let start = self.canonical.out.len();
        key.serialize(&mut *self.canonical)?;
        // The quotation mark at its end comes before every letter, as the end of a shorter key does.
        let value = self.canonical.out.len();
        self.canonical.out.push(':');
        self.canonical.fields.push([start, value, value]);
        Ok(())
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> serde_json::Result<()> {
        self.item(value)?;
        let end = self.canonical.out.len();
        if let Some(field) = self.canonical.fields.last_mut() {
            field[2] = end;
        }
        Ok(())
    }

    fn close(self) {
        self.canonical.sort(self.first);
        self.canonical.close(self.end);
    }
}

macro_rules! plain {
    ($($method:ident $number:ty),+) => {$(
        fn $method(self, value: $number) -> serde_json::Result<()> {
            self.plain(value)
        }
    )+};
}

impl<'a> Serializer for &'a mut Canonical {
    type Ok = ();
    type Error = serde_json::Error;
    type SerializeSeq = Open<'a>;
    type SerializeTuple = Open<'a>;
    type SerializeTupleStruct = Open<'a>;
    type SerializeTupleVariant = ser::Impossible<(), Self::Error>;
    type SerializeMap = Open<'a>;
    type SerializeStruct = Open<'a>;
    type SerializeStructVariant = ser::Impossible<(), Self::Error>;

    plain!(serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64);
    plain!(serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64);

    fn serialize_f32(self, value: f32) -> serde_json::Result<()> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> serde_json::Result<()> {
        self.out.push_str(&serde_json::to_string(&value)?);
        Ok(())
    }

    fn serialize_char(self, value: char) -> serde_json::Result<()> {
        self.text(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> serde_json::Result<()> {
        self.text(value)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> serde_json::Result<()> {
        use fmt::Write as _;
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        write!(scratch, "{value}").map_err(ser::Error::custom)?;
        let done = self.text(&scratch);
        self.scratch = scratch;
        done
    }

    fn serialize_bytes(self, _: &[u8]) -> serde_json::Result<()> {
        Err(ser::Error::custom("a record has no bytes"))
    }

    fn serialize_none(self) -> serde_json::Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> serde_json::Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> serde_json::Result<()> {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> serde_json::Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> serde_json::Result<()> {
        self.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> serde_json::Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> serde_json::Result<()> {
        let mut open = Open::new(self, '{', '}');
        open.key(variant)?;
        open.value(value)?;
        open.close();
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> serde_json::Result<Open<'a>> {
        Ok(Open::new(self, '[', ']'))
    }

    fn serialize_tuple(self, length: usize) -> serde_json::Result<Open<'a>> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        length: usize,
    ) -> serde_json::Result<Open<'a>> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> serde_json::Result<Self::SerializeTupleVariant> {
        Err(ser::Error::custom(format_args!(
            "{variant} has no canonical form"
        )))
    }

    fn serialize_map(self, _: Option<usize>) -> serde_json::Result<Open<'a>> {
        Ok(Open::new(self, '{', '}'))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> serde_json::Result<Open<'a>> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> serde_json::Result<Self::SerializeStructVariant> {
        Err(ser::Error::custom(format_args!(
            "{variant} has no canonical form"
        )))
    }
}

macro_rules! lists {
    ($($list:ident $method:ident),+) => {$(
        impl ser::$list for Open<'_> {
            type Ok = ();
            type Error = serde_json::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> serde_json::Result<()> {
                self.item(value)
            }

            fn end(self) -> serde_json::Result<()> {
                self.close();
                Ok(())
            }
        }
    )+};
}
lists!(SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field);

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = serde_json::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> serde_json::Result<()> {
        self.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> serde_json::Result<()> {
        self.value(value)
    }

    fn end(self) -> serde_json::Result<()> {
        self.close();
        Ok(())
    }
}

impl ser::SerializeStruct for Open<'_> {
    type Ok = ();
    type Error = serde_json::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> serde_json::Result<()> {
        self.key(key)?;
        self.value(value)
    }

    fn end(self) -> serde_json::Result<()> {
        self.close();
        Ok(())
    }
}

#[cfg(test)]
mod tests;
