//! What can stand in a column: text, a whole number or nothing. A structure is a row of them.

use std::fmt;

use serde::ser::{self, Impossible, Serialize, SerializeStruct, Serializer};

use super::{Rows, Value};

/// Puts a value into the column of that name, or the fields of a structure into theirs.
pub(super) struct Columns<'a> {
    pub(super) rows: &'a mut Rows,
    pub(super) column: &'static str,
}

impl Columns<'_> {
    fn put(self, value: Value) -> serde_json::Result<()> {
        self.rows.put(self.column, value);
        Ok(())
    }

    /// Of the text that stands at the end, from `start` on.
    fn put_text_from(self, start: usize) -> serde_json::Result<()> {
        let end = self.rows.text.len();
        self.put(Value::Text(start, end))
    }

    fn refuse<T>(self) -> serde_json::Result<T> {
        let why = format!("there is no way to put it into the column {}", self.column);
        Err(ser::Error::custom(why))
    }
}

macro_rules! integers {
    ($($method:ident $number:ty),+) => {$(
        fn $method(self, value: $number) -> serde_json::Result<()> {
            self.put(Value::Integer(value.into()))
        }
    )+};
}

macro_rules! refused {
    ($($method:ident ($($argument:ty),*) $(of $value:ident)? -> $result:ty;)+) => {$(
        fn $method$(<$value: Serialize + ?Sized>)?(self, $(_: $argument),*) -> serde_json::Result<$result> {
            self.refuse()
        }
    )+};
}

type None = Impossible<(), serde_json::Error>;

impl<'a> Serializer for Columns<'a> {
    type Ok = ();
    type Error = serde_json::Error;
    type SerializeSeq = None;
    type SerializeTuple = None;
    type SerializeTupleStruct = None;
    type SerializeTupleVariant = None;
    type SerializeMap = None;
    type SerializeStruct = &'a mut Rows;
    type SerializeStructVariant = None;

    integers!(serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64);
    integers!(serialize_u8 u8, serialize_u16 u16, serialize_u32 u32);

    fn serialize_str(self, value: &str) -> serde_json::Result<()> {
        let start = self.rows.text.len();
        self.rows.text.push_str(value);
        self.put_text_from(start)
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> serde_json::Result<()> {
        use fmt::Write as _;
        let start = self.rows.text.len();
        write!(self.rows.text, "{value}").map_err(ser::Error::custom)?;
        self.put_text_from(start)
    }

    fn serialize_none(self) -> serde_json::Result<()> {
        self.put(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> serde_json::Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> serde_json::Result<()> {
        value.serialize(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> serde_json::Result<&'a mut Rows> {
        Ok(self.rows)
    }

    // A real number would be rounded, and no column holds bytes or a list.
    refused! {
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_newtype_variant(&'static str, u32, &'static str, &T) of T -> ();
        serialize_seq(Option<usize>) -> None;
        serialize_tuple(usize) -> None;
        serialize_tuple_struct(&'static str, usize) -> None;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> None;
        serialize_map(Option<usize>) -> None;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> None;
    }
}

impl SerializeStruct for &mut Rows {
    type Ok = ();
    type Error = serde_json::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        column: &'static str,
        value: &T,
    ) -> serde_json::Result<()> {
        self.cell(column, value)
    }

    /// A field that is left out of the document is nothing in its column.
    fn skip_field(&mut self, column: &'static str) -> serde_json::Result<()> {
        self.put(column, Value::Null);
        Ok(())
    }

    fn end(self) -> serde_json::Result<()> {
        Ok(())
    }
}
